import { assert } from "#core/failure.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { type CameraCounters, zeroCameraCounters } from "../lepton/lepton-counters.ts";
import {
  type LeptonTroubleCode,
  LeptonTroubles,
  type LeptonTroubleTexts,
  leptonTroubleTexts,
} from "../lepton/lepton-troubles.ts";
import { PictureWatch } from "../lepton/picture-watch.ts";
import type { ThermalCamera, ThermalCameraListener } from "../thermal-camera.ts";
import type { FrameStream } from "../transport/frame-stream.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import type { PureThermalSettings } from "./purethermal-settings.ts";
import { type Y16Counters, type Y16Picture, Y16StreamParser } from "./y16-stream-parser.ts";

/** Without a picture for this long the stream is stopped and started again; a start takes about a second. */
export const pictureGapMaxMs = 4_000;

/** How often that is looked at. */
const watchPeriodMs = 500;

/** Pause before a stream that ended is started again, doubled each time without a picture, up to the limit. */
export const firstRetryDelayMs = 1_000;

/** The longest of these pauses. */
export const retryDelayMaxMs = 30_000;

const texts: LeptonTroubleTexts = {
  ...leptonTroubleTexts,
  "link-failed": {
    raised: "The thermal camera on USB cannot be opened; it is tried again and again.",
    restored: "The thermal camera on USB is open.",
  },
  "video-lost": {
    raised:
      "The thermal camera on USB sends no pictures; it is tried again and again. Check its cable and plug.",
    restored: "The thermal camera on USB sends pictures again.",
  },
  "not-radiometric": {
    raised:
      "The thermal camera on USB sends pictures that are no temperatures: switch TLinear on, or replace the module by a Lepton 3.5.",
    restored: "The thermal camera on USB sends temperatures.",
  },
};

/** What a camera works with. */
export interface PureThermalCameraOptions {
  readonly stream: FrameStream;
  readonly clock: Clock;
  readonly settings: PureThermalSettings;
}

/** Everything that a camera counts. */
export interface PureThermalCounters {
  readonly stream: Readonly<Y16Counters>;
  readonly camera: Readonly<CameraCounters>;
  /** Times the stream was started. */
  readonly starts: number;
}

/**
 * A Lepton on a PureThermal USB board, over a stream of its Y16 pictures. A camera that is not there, or is pulled out,
 * is tried again for as long as it takes; `start` does not fail for it. Its settings are not changed: what its pixels
 * mean is taken from the telemetry of each picture.
 */
export class PureThermalCamera implements ThermalCamera {
  readonly #options: PureThermalCameraOptions;
  readonly #parser: Y16StreamParser;
  readonly #troubles: LeptonTroubles;
  readonly #watch: PictureWatch;
  readonly #counters = zeroCameraCounters();
  #listener: ThermalCameraListener | null = null;
  #cancelWatch: Cancel | null = null;
  #cancelRetry: Cancel | null = null;
  #state: "closed" | "opening" | "open" | "stopped" = "closed";
  #starts = 0;
  #failures = 0;
  #pictureAtMs = 0;

  constructor(options: PureThermalCameraOptions) {
    this.#options = options;
    this.#troubles = new LeptonTroubles(() => this.#listener, texts);
    this.#watch = new PictureWatch({
      settings: { gainMode: "auto", ffcMode: "auto" },
      counters: this.#counters,
      troubles: this.#troubles,
    });
    this.#parser = new Y16StreamParser({
      telemetry: options.settings.telemetry,
      onPicture: (picture) => this.#take(picture),
    });
  }

  /** What has been counted since the start. */
  get counters(): PureThermalCounters {
    return { stream: { ...this.#parser.counters }, camera: { ...this.#counters }, starts: this.#starts };
  }

  /** Codes of the troubles that stand. */
  get troubles(): readonly LeptonTroubleCode[] {
    return this.#troubles.standing;
  }

  async start(listener: ThermalCameraListener): Promise<void> {
    assert(this.#listener === null && this.#state === "closed", "a camera is started once");
    this.#listener = listener;
    this.#cancelWatch = this.#options.clock.every(watchPeriodMs, () => this.#lookAfterStream());
    await this.#open();
  }

  async stop(): Promise<void> {
    this.#state = "stopped";
    this.#listener = null;
    this.#cancelWatch?.();
    this.#cancelRetry?.();
    await this.#options.stream.stop();
  }

  async #open(): Promise<void> {
    if (this.#state !== "closed") return;
    this.#state = "opening";
    this.#starts += 1;
    const start = this.#starts;
    this.#parser.reset();
    this.#pictureAtMs = this.#options.clock.monotonicMs();
    this.#watch.begin({ atMs: this.#pictureAtMs, isRadiometric: false });
    // What a stream that was given up still says is no longer of interest.
    const isCurrent = (): boolean => this.#starts === start && this.#state !== "stopped";
    try {
      await this.#options.stream.start({
        onBytes: (bytes) => {
          if (isCurrent()) this.#parser.add(bytes);
        },
        onEnd: (text) => {
          if (isCurrent()) this.#closed(text);
        },
      });
      if (this.#state === "opening") this.#state = "open";
      if (!isCurrent()) await this.#options.stream.stop();
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      if (isCurrent()) this.#closed(error.message, "link-failed");
    }
  }

  #closed(text: string, trouble: "video-lost" | "link-failed" = "video-lost"): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#troubles.raise(trouble, text);
    const delayMs = Math.min(firstRetryDelayMs * 2 ** Math.min(this.#failures, 16), retryDelayMaxMs);
    this.#failures += 1;
    this.#cancelRetry = this.#options.clock.after(delayMs, () => void this.#open());
  }

  #lookAfterStream(): void {
    if (this.#state !== "open") return;
    if (this.#options.clock.monotonicMs() - this.#pictureAtMs < pictureGapMaxMs) return;
    void this.#giveUp(`no picture for ${pictureGapMaxMs / 1_000} s`);
  }

  async #giveUp(text: string): Promise<void> {
    if (this.#state !== "open") return;
    this.#closed(text);
    await this.#options.stream.stop();
  }

  #take(picture: Y16Picture): void {
    const { clock, settings } = this.#options;
    this.#pictureAtMs = clock.monotonicMs();
    const arrivedAtMicros = clock.nowMicros();
    const { pixels, telemetryWords } = picture;
    if (telemetryWords !== null) {
      const { frame, repeated, demand } = this.#watch.take(
        { pixels, telemetryWords, arrivedAtMicros },
        this.#pictureAtMs,
      );
      if (frame !== null) this.#deliver(frame);
      if (repeated !== null) this.#listener?.onFrame(repeated);
      if (demand === "restart") void this.#giveUp("its pictures stand still");
      return;
    }
    assert(settings.telemetry === "without", "a stream with telemetry has telemetry in each picture");
    this.#deliver({
      width: leptonWidth,
      height: leptonHeight,
      capturedAtMicros: arrivedAtMicros,
      frameCounter: this.#counters.delivered,
      unit: settings.unit,
      pixels,
      telemetry: null,
    });
  }

  #deliver(frame: ThermalFrame): void {
    this.#failures = 0;
    this.#troubles.clear("link-failed");
    this.#troubles.clear("video-lost");
    this.#troubles.set("not-radiometric", { stands: frame.unit === "raw-counts" });
    this.#counters.delivered += 1;
    this.#listener?.onFrame(frame);
  }
}
