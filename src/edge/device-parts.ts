import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { CommandDesk } from "./commands/command-desk.ts";
import type { RememberedCommands } from "./commands/remembered-commands.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import type { DeviceLink } from "./device-link.ts";
import { DeviceSite, type DeviceSiteOptions } from "./device-site.ts";
import type { EventKeeper } from "./event-keeper.ts";
import { installedModel, scorerOf } from "./installed-model.ts";
import { machineDisk } from "./machine-disk.ts";
import type { Recorder } from "./recorder.ts";
import { pictureSize, recordingConfig } from "./recording-config.ts";
import { DeviceSaver, type DeviceSaverOptions, nothingSaved, type SavedDevice } from "./saved-device.ts";
import { ProofFolder } from "./self-tests/self-test-proof.ts";
import { SelfTests, type SelfTestsOptions } from "./self-tests/self-tests.ts";
import type { SensorIntake } from "./sensor-intake.ts";

/** What a running device agent is made of. */
export interface DeviceParts {
  readonly detector: DeviceDetector;
  readonly uplink: DeviceLink;
  readonly intake: SensorIntake;
  readonly keeper: EventKeeper;
  readonly saver: DeviceSaver | null;
  readonly recorder: Recorder | null;
  readonly desk: CommandDesk;
  /** Null on a device that has no camera, or only a recording. */
  readonly selfTests: SelfTests | null;
  readonly remembered: RememberedCommands;
  readonly site: DeviceSite;
}

/** What the device knows of its place. A change is recorded, told and saved. */
export function makeSite(
  options: DeviceAgentOptions,
  saved: SavedDevice,
  running: Pick<DeviceSiteOptions, "onNotice"> & {
    readonly parts: () => DeviceParts | null;
    readonly nowMicros: () => number;
  },
): DeviceSite {
  const { deviceId, regions, zonePolicy, timeZone, log } = options;
  return new DeviceSite({
    ...pictureSize(options),
    configured: regions ?? [],
    zonePolicy: zonePolicy ?? null,
    timeZone: timeZone ?? null,
    saved,
    log: (line) => log(`${deviceId}: ${line}`),
    onNotice: running.onNotice,
    onChange: () => {
      const parts = running.parts();
      if (parts === null) return;
      const { recorder, uplink, saver, site } = parts;
      const config = recordingConfig(options, site);
      recorder?.addEntry({ kind: "config", atMicros: running.nowMicros(), config });
      uplink.sendRegions();
      saver?.saveSite(site.toSave());
    },
  });
}

/** What decides, going on from what was saved. */
export function makeDetector(
  options: DeviceAgentOptions,
  known: { readonly saved: SavedDevice; readonly site: Pick<DeviceSite, "regions"> & Partial<DeviceSite> },
  listener: Omit<ConstructorParameters<typeof DeviceDetector>[1], "onBadPixels">,
): DeviceDetector {
  const { saved, site } = known;
  const { deviceId, camera, air, mask, badPixels, zonePolicy } = options;
  const size = pictureSize(options);
  const { background } = saved;
  const fits = background?.width === size.width && background.height === size.height;
  if (background !== null && !fits) {
    options.log(`${deviceId}: the saved background is of another picture size and is learnt afresh`);
  }
  return new DeviceDetector(
    {
      deviceId,
      ...size,
      badPixels: badPixels ?? "find",
      mask: mask ?? null,
      detectionPolicy: options.detectionPolicy ?? defaultDetectionPolicy,
      alarmPolicy: options.alarmPolicy ?? defaultAlarmPolicy,
      scorer: scorerOf(options.model),
      state: saved.state,
      background: fits ? background : null,
      kernel: options.kernel,
      regions: site.regions,
      learnedHeat: site.learnedHeat,
      zone:
        zonePolicy === undefined || zonePolicy === null
          ? undefined
          : { policy: zonePolicy, state: saved.zone },
      expects: {
        thermal: camera === null ? "absent" : "required",
        air: air === null ? "absent" : "required",
        ...(air?.periodSeconds === undefined ? {} : { airPeriodSeconds: air.periodSeconds }),
        // A recording does not say how many pictures there should be.
        ...(options.source === "replay" ? { framesPerSecond: 0 } : {}),
      },
    },
    { ...listener, onBadPixels: () => {} },
  );
}

/** What saves the alarm state and what is normal here; null for a device that keeps nothing. */
export function makeSaver(
  options: DeviceAgentOptions,
  around: Pick<DeviceSaverOptions, "unkept" | "onProblem">,
): DeviceSaver | null {
  const { disk = machineDisk, dataFolder, deviceId, clock } = options;
  return dataFolder === null ? null : new DeviceSaver({ disk, dataFolder, deviceId, clock, ...around });
}

/** What tests the whole way from picture to receipt; null on a device without a camera of its own. */
export function makeSelfTests(
  options: DeviceAgentOptions,
  around: Pick<SelfTestsOptions, "tell" | "trouble" | "onProblem"> & { readonly detector: DeviceDetector },
): SelfTests | null {
  const { deviceId, clock, camera, source, dataFolder, softwareVersion, selfTest, testOutputs, log } =
    options;
  if (camera === null || source === "replay") return null;
  const { detector, tell, trouble, onProblem } = around;
  return new SelfTests({
    deviceId,
    clock,
    schedule: selfTest ?? { dailyAt: null, overdueHours: 25 },
    softwareVersion,
    outputs: testOutputs ?? null,
    // Proofs are for people, who look at this machine's disk.
    folder: dataFolder === null || options.disk !== undefined ? null : new ProofFolder(dataFolder, deviceId),
    model: () => {
      const identity = installedModel(options.model)?.identity ?? null;
      return identity === null ? null : { name: identity.name, hash: identity.hash };
    },
    state: () => detector.state,
    knowsRoom: () => detector.backgroundSnapshot() !== null,
    makeDetector: (onEvent) => {
      const saved = { ...nothingSaved, background: detector.backgroundSnapshot() };
      // Its air is not tested: a thermal alarm never waits for it. Where a fire is drawn no hot zone may accept it, and
      // nothing of it is learnt or reaches a zone.
      return makeDetector(
        { ...options, air: null, zonePolicy: null },
        { saved, site: { regions: [] } },
        { onSecond: () => {}, onEvent },
      );
    },
    tell,
    trouble,
    log,
    onProblem,
  });
}
