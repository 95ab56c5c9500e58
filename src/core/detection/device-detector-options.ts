import type { AlarmEvent } from "../alarm/alarm-event.ts";
import type { AlarmNotice } from "../alarm/alarm-notice.ts";
import type { AlarmPolicy } from "../alarm/alarm-policy.ts";
import type { AlarmState } from "../alarm/alarm-state.ts";
import type { FfcHoldPolicy, FfcWish } from "../alarm/ffc-hold.ts";
import type { FeatureKernelMaker } from "../features/feature-kernel.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import type { BackgroundSnapshot } from "../features/region-tracker.ts";
import type { LearnedHeat } from "../regions/learned-heat.ts";
import type { PictureRegion } from "../regions/picture-region.ts";
import type { OwnZoneOptions } from "../zone/own-zone.ts";
import type { ZoneStep } from "../zone/zone-machine.ts";
import type { DetectionPolicy } from "./detection-policy.ts";
import type { EvidenceWithModel } from "./model-reading.ts";
import type { SecondScorer } from "./second-scorer.ts";

/** How a DeviceDetector is made. */
export interface DeviceDetectorOptions {
  readonly deviceId: string;
  readonly width: number;
  readonly height: number;
  /**
   * "find": bad pixels are looked for in the pictures, until `setBadPixels` gives a map. A map (1 = bad): it is used as
   * it is, and nothing is looked for.
   */
  readonly badPixels: "find" | Uint8Array;
  /** One byte a pixel, 1 = masked by the operator; null without masks. */
  readonly mask: Uint8Array | null;
  readonly detectionPolicy: DetectionPolicy;
  readonly alarmPolicy: AlarmPolicy;
  /** The model that stands beside the rules; null: the rules decide alone. It takes nothing away from them. */
  readonly scorer: SecondScorer | null;
  /** Saved before a restart: a latched alarm stays latched. Null for a device that starts for the first time. */
  readonly state: AlarmState | null;
  readonly background: BackgroundSnapshot | null;
  /** "absent" says that by configuration there is no such sensor, so that its silence is no fault. */
  readonly expects: {
    readonly thermal: "required" | "absent";
    readonly air: "required" | "absent";
    /** Time between two air readings, where the sensor says so: its silence is then told after 2.3 of them, else after 30 s. */
    readonly airPeriodSeconds?: number;
    /** Pictures a second that the camera sends in order; a Lepton's 8.7 where left out, 0 where nobody knows. */
    readonly framesPerSecond?: number;
  };
  /** What runs the loops over all pixels, with the same results; plain TypeScript where left out. */
  readonly kernel?: FeatureKernelMaker | undefined;
  /** The zone of a device that is alone in one; left out where a hub runs it. */
  readonly zone?: Pick<OwnZoneOptions, "policy" | "state"> | undefined;
  /** Masks beside `mask`, hot zones and places with limits of their own; none where left out. */
  readonly regions?: readonly PictureRegion[] | undefined;
  /** How long the camera's corrections wait in a prealarm; `defaultFfcHoldPolicy` where left out. */
  readonly ffcHold?: FfcHoldPolicy | undefined;
  /** What learns where heat is usual, and only proposes; nothing learns where left out. */
  readonly learnedHeat?: LearnedHeat | undefined;
}

/** Who is told what the detector finds, at once and in order. */
export interface DeviceDetectorSink {
  onSecond(second: FeatureSecond, evidence: EvidenceWithModel): void;
  /**
   * `decidedOn` is the second whose evidence made the event; null for what a person, a fault or the time made. Nobody
   * changes it afterwards, so that what made the model say yes can be worked out later, off the way of the alarm.
   */
  onEvent(event: AlarmEvent, decidedOn: FeatureSecond | null): void;
  /** A new map of bad pixels was found, one byte a pixel, 1 = bad. */
  onBadPixels(map: Uint8Array): void;
  /**
   * The device's own zone took a step: its outputs to panel and evacuation may have changed. Told after `onEvent`, so
   * that the local output never waits for it.
   */
  onZone?(step: ZoneStep): void;
  /** Something to be shown and logged that calls nobody. */
  onNotice?(notice: AlarmNotice): void;
  /** The camera's automatic corrections are to wait, or may go on: for whoever commands the camera. */
  onFfcWish?(wish: FfcWish): void;
  /** By its schedule another mask holds from now on; one byte a pixel, 1 = masked, null for none. */
  onMask?(mask: Uint8Array | null): void;
}

/** What a detector has been given so far. */
export interface DetectorCounts {
  readonly frames: number;
  readonly validFrames: number;
  readonly rejectedFrames: number;
  readonly airSamples: number;
  /** Air readings with a time that could not be true, or whose CO2 was absent or could not be true. */
  readonly rejectedAirSamples: number;
  /** Closed seconds, and those of them with a valid picture. */
  readonly seconds: number;
  readonly thermalSeconds: number;
  readonly badPixels: number;
}
