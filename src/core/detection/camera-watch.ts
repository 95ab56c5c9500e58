import type { TroubleCode } from "../alarm/trouble.ts";
import type { FrameVerdict } from "../features/feature-extractor.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { badPixelComplaint } from "./bad-pixel-complaint.ts";
import { type CameraFaults, cameraFaults, cameraSilentSeconds, cameraStartSeconds } from "./camera-faults.ts";
import type { FrameNovelty } from "./frame-novelty.ts";
import { RejectionWindow } from "./rejection-window.ts";
import { followFrameRate, isFfcOverdue, isSlow, newFrameRate } from "./sensor-health-camera.ts";
import { WatchTime } from "./watch-time.ts";
import type { FaultReport } from "./watched-fault.ts";

/** Share of saturated pixels from which the picture says nothing any more. */
const saturatedShare = 0.5;

/** How a CameraWatch is made. */
export interface CameraWatchOptions {
  readonly width: number;
  readonly height: number;
  /** "absent": by configuration there is no camera, so that its silence is no fault. */
  readonly expected: "required" | "absent";
  /** Pictures a second that it should send. */
  readonly framesPerSecond: number;
  /** Faults that stood before a restart. */
  readonly standing: ReadonlySet<TroubleCode>;
  readonly report: FaultReport;
}

/** What has come since the last tick. */
interface Interval {
  frames: number;
  moving: number;
  frozen: number;
  /** The last frame once more, counter and all. */
  repeated: number;
  raw: number;
  overTemperature: boolean | null;
  shutterLockout: boolean | null;
  ffcOverdue: boolean | null;
}

const emptyInterval: Interval = {
  frames: 0,
  moving: 0,
  frozen: 0,
  repeated: 0,
  raw: 0,
  overTemperature: null,
  shutterLockout: null,
  ffcOverdue: null,
};

/** Finds out whether the camera lives and tells the truth. Only new sensor data is life; our own ticks never are. */
export class CameraWatch {
  readonly #options: CameraWatchOptions;
  readonly #faults: CameraFaults;
  readonly #time = new WatchTime();
  readonly #rejections = new RejectionWindow();
  #seenAny = false;
  #rate = newFrameRate;
  #interval: Interval = { ...emptyInterval };

  constructor(options: CameraWatchOptions) {
    this.#options = options;
    this.#faults = cameraFaults(options.standing, options.report);
  }

  /** Takes in a frame and what was made of it; verdict null when it was not looked at. */
  addFrame(frame: ThermalFrame, novelty: FrameNovelty, verdict: FrameVerdict | null): void {
    const interval = this.#interval;
    if (novelty === "repeat") {
      interval.repeated += 1;
      return;
    }
    this.#seenAny = true;
    interval.frames += 1;
    // During an FFC the camera itself holds the picture (about 1 s).
    const heldByFfc = frame.telemetry?.ffcState === "in-progress";
    if (novelty === "new") interval.moving += 1;
    else if (!heldByFfc) interval.frozen += 1;
    if (frame.unit === "raw-counts") interval.raw += 1;
    if (verdict !== null) this.#rejections.add(verdict);
    const { overTemperature, shutterLockout } = frame.telemetry ?? {};
    interval.overTemperature = either(interval.overTemperature, overTemperature ?? null);
    interval.shutterLockout = either(interval.shutterLockout, shutterLockout ?? null);
    interval.ffcOverdue = isFfcOverdue(frame.telemetry);
  }

  /** Takes in a closed second. */
  closeSecond(second: FeatureSecond): void {
    const share = second.saturatedPixels / (this.#options.width * this.#options.height);
    this.#faults.saturated.watch({
      atMicros: second.atMicros,
      sign: second.validFrames > 0 ? share >= saturatedShare : null,
      seconds: 1,
    });
    this.#faults.masked.watch({
      atMicros: second.atMicros,
      sign: second.validFrames > 0 ? second.watchedPixels === 0 : null,
      seconds: 1,
    });
  }

  /** Takes in the map of bad pixels, 1 = bad. */
  judgeBadPixels(atMicros: number, map: Uint8Array): void {
    const complaint = badPixelComplaint(map, this.#options.width);
    this.#faults.badPixels.watch({
      atMicros,
      sign: complaint !== null,
      seconds: 0,
      ...(complaint === null ? {} : { text: complaint }),
    });
  }

  /** Time went by. */
  tick(atMicros: number): void {
    const seconds = this.#time.tick(atMicros);
    const interval = this.#interval;
    this.#interval = { ...emptyInterval };
    if (this.#options.expected === "absent" && !this.#seenAny) {
      for (const fault of Object.values(this.#faults)) fault.clear(atMicros);
      return;
    }
    const known = interval.frames > 0;
    const faults = this.#faults;
    faults.silent.watch({
      atMicros,
      sign: this.#options.expected === "absent" ? false : isSilent(interval),
      seconds,
      raiseSeconds: this.#seenAny ? cameraSilentSeconds : cameraStartSeconds,
    });
    faults.frozen.watch({ atMicros, sign: isFrozen(interval), seconds });
    faults.notRadiometric.watch({ atMicros, sign: known ? interval.raw > 0 : null, seconds });
    faults.overTemperature.watch({ atMicros, sign: interval.overTemperature, seconds });
    faults.shutterLockout.watch({ atMicros, sign: interval.shutterLockout, seconds });
    faults.ffcOverdue.watch({ atMicros, sign: interval.ffcOverdue, seconds });
    this.#rate = followFrameRate(this.#rate, { frames: interval.frames, seconds });
    // A camera that sends nothing is silent, and one that sends nothing new is frozen, not slow.
    const slow = faults.silent.active || faults.frozen.active ? null : isSlow(this.#rate, this.#options);
    faults.slow.watch({ atMicros, sign: slow, seconds });
    const rejected = this.#rejections.tick();
    if (rejected !== null) faults.framesRejected.watch({ atMicros, sign: true, seconds, text: rejected });
    else if (known) faults.framesRejected.watch({ atMicros, sign: false, seconds });
  }
}

/** The last frame once more is no life, and no silence either. */
function isSilent({ frames, repeated }: Interval): boolean | null {
  if (frames > 0) return false;
  return repeated > 0 ? null : true;
}

/** Nothing but the same picture, whether the camera counts on or not; null when nothing came, or only what a correction holds. */
function isFrozen({ frames, moving, frozen, repeated }: Interval): boolean | null {
  if (moving > 0) return false;
  return frozen > 0 || (frames === 0 && repeated > 0) ? true : null;
}

function either(one: boolean | null, other: boolean | null): boolean | null {
  if (one === null) return other;
  return other === null ? one : one || other;
}
