import type { AlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { DetectionPolicy } from "#core/detection/detection-policy.ts";
import type { FeatureKernelMaker } from "#core/features/feature-kernel.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import type { Clock } from "#core/time.ts";
import type { ZoneOutputs } from "#core/zone/zone-conditions.ts";
import type { ZonePolicy } from "#core/zone/zone-policy.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { ExtraSensor } from "#sensors/extra-sensor.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import type { ConfigAbility, ModelAbility } from "./commands/command-target.ts";
import type { DeviceDisk } from "./device-disk.ts";
import type { DeviceLink, DeviceLinkOptions } from "./device-link.ts";
import type { DeviceModel } from "./installed-model.ts";
import type { LocalOutput } from "./local-output.ts";
import type { RecordedDevice, Recorder } from "./recorder.ts";
import type { SelfTestSchedule } from "./self-tests/self-tests.ts";
import type { TestOutputs } from "./self-tests/test-outputs.ts";
import type { DeliveringSensor } from "./sensor-intake.ts";

/** What a device agent needs. */
export interface DeviceAgentOptions {
  readonly deviceId: string;
  readonly name: string;
  readonly source: "camera" | "emulated" | "replay";
  readonly camera: ThermalCamera | null;
  readonly air: AirSensor | null;
  /** Sensors beside camera and CO2: their channels are published and decide nothing. */
  readonly extras?: readonly ExtraSensor[] | undefined;
  readonly clock: Clock;
  /** Time of capture now, where it is not the clock's: a replay's own time line. Must not go backwards. */
  readonly captureNowMicros?: (() => number) | undefined;
  /** Where the hub is, for what is told of it. */
  readonly brokerUrl: string;
  /** Makes the way to the hub: `uplinkTo` in this process, or a `LinkProcess`. A device loads only its own. */
  readonly makeLink: (options: DeviceLinkOptions) => DeviceLink;
  /** Alarm state, background and undelivered events survive a restart here; null keeps nothing. */
  readonly dataFolder: string | null;
  /** The disk that the data folder is on; this machine's when absent. */
  readonly disk?: DeviceDisk | undefined;
  /** Makes what records the device: in this process (`recordHere`) or in another; nothing is recorded when absent. */
  readonly makeRecorder?: ((device: RecordedDevice) => Recorder) | undefined;
  /** Lights and puts out the fire of an emulated room; each says in a sentence what happened. */
  readonly demo: { ignite(): string; extinguish(): string } | null;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
  /** Size of the camera's picture; a Lepton 3.5's when absent. */
  readonly pictureSize?: { readonly width: number; readonly height: number } | undefined;
  /** One byte a pixel, 1 = masked by the operator. */
  readonly mask?: Uint8Array | null | undefined;
  /** One byte a pixel, 1 = bad; absent or null: the device looks for them itself. */
  readonly badPixels?: Uint8Array | null | undefined;
  /** What runs the feature extractor's loops over all pixels; plain TypeScript when absent. */
  readonly kernel?: FeatureKernelMaker | undefined;
  /** The model beside the rules; "none" when absent. When it is another, `DeviceAgent.modelChanged` has to be told. */
  readonly model?: DeviceModel | undefined;
  readonly detectionPolicy?: DetectionPolicy | undefined;
  readonly alarmPolicy?: AlarmPolicy | undefined;
  /** The policy of the zone that the device runs by itself; absent or null where it runs none. */
  readonly zonePolicy?: ZonePolicy | null | undefined;
  /** Masks, hot zones and places with limits of their own, out of the device's configuration. */
  readonly regions?: readonly PictureRegion[] | undefined;
  /** IANA name of the time zone that schedules go by; UTC where absent. */
  readonly timeZone?: string | undefined;
  /** The outputs to panel and evacuation of the device's own zone: called at once when one of them changes. */
  readonly onZoneOutputs?: ((outputs: ZoneOutputs) => void) | undefined;
  /** The local outputs (relay, sounder): called at once when one of them changes, before anybody is told. */
  readonly onOutput?: ((output: LocalOutput) => void) | undefined;
  /**
   * A second was judged that holds something new of the room: a valid picture, or CO2 on a device without a camera.
   * What proves that this device watches hangs on this, not on its process. Told which sensors deliver.
   */
  readonly onJudged?: ((delivering: ReadonlySet<DeliveringSensor>) => void) | undefined;
  /** When the device tests itself; on command only when absent. */
  readonly selfTest?: SelfTestSchedule | undefined;
  /** The outputs of `onOutput`, as a self-test reads them back; none when absent. */
  readonly testOutputs?: TestOutputs | undefined;
  /** Takes new configurations; none from afar when absent. */
  readonly config?: ConfigAbility | undefined;
  /** Takes new models; none from afar when absent. */
  readonly modelStore?: ModelAbility | undefined;
  /** Every sensor has come to its end for good: a replay is over. */
  readonly onEnd?: (() => void) | undefined;
}
