import type { DeviceAgentOptions } from "../device-agent-options.ts";
import type { DeviceParts } from "../device-parts.ts";
import { type SiteTarget, siteTarget } from "../site-command.ts";
import type { CommandTarget } from "./command-target.ts";

/** What commands are done with, beside the options of their device. */
export interface TargetSurroundings {
  /** Null while the device does not run; no command comes then. */
  readonly parts: () => Pick<
    DeviceParts,
    "detector" | "uplink" | "intake" | "recorder" | "selfTests" | "site"
  > | null;
  readonly captureNowMicros: () => number;
  readonly onReset: () => void;
  readonly pressCallPoint: SiteTarget["pressCallPoint"];
}

/** What commands can make this device do. */
export function makeTarget(options: DeviceAgentOptions, around: TargetSurroundings): CommandTarget {
  const { deviceId, demo, camera, source, makeRecorder } = options;
  const { parts, captureNowMicros, onReset, pressCallPoint } = around;
  const running = (): NonNullable<ReturnType<typeof parts>> => {
    const now = parts();
    if (now === null) throw new Error("a device that has stopped hears no commands");
    return now;
  };
  return {
    deviceId,
    demo,
    nowMicros: captureNowMicros,
    standing: () => running().detector.state,
    act(input) {
      running().detector.act(input);
      if (input.act === "reset" || input.act === "silence") running().selfTests?.endWalk();
      if (input.act === "reset") onReset();
    },
    watch(seconds) {
      const { uplink, intake } = running();
      uplink.watch(seconds);
      // Nothing more comes after the end: whoever opens a page then sees how it ended.
      if (intake.finalFrame !== null) uplink.showFrame(intake.finalFrame);
    },
    site: siteTarget(() => running().site, { pressCallPoint, nowMicros: captureNowMicros }),
    runFfc: camera?.runFfc === undefined ? null : () => camera.runFfc!(),
    takeClip: makeRecorder === undefined ? null : (seconds) => running().recorder!.takeClip(seconds),
    selfTest: camera === null || source === "replay" ? null : (request) => running().selfTests!.test(request),
    config: options.config ?? null,
    model: options.modelStore ?? null,
  };
}
