import { type Cancel, type Clock, microsPerMillisecond } from "#core/time.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import type { AirSensor, AirSensorListener } from "#sensors/air-sensor.ts";
import type { ThermalCamera, ThermalCameraListener } from "#sensors/thermal-camera.ts";

/** After so many entries without a pause the rest of the program gets its turn. */
const entriesInOneGoMax = 64;
/** From a loop's last entry to its first once more, where the recording does not say how far pictures are apart. */
const loopGapMicros = 115 * microsPerMillisecond;

/** How a recording is replayed. */
export interface ReplaySourceOptions {
  /** The entries in time order, from the start at each call. */
  readonly entries: () => AsyncIterable<RecordingEntry>;
  readonly clock: Clock;
  /** 1 = as it was recorded, 10 = ten times as fast. Above 1, time of capture runs ahead of the clock. */
  readonly speed: number;
  readonly repeat: "loop" | "once";
}

/**
 * Plays a recording as a camera and an air sensor. All times are moved so that the first entry happens now; a loop goes
 * on in time and in frame numbers, so that the device sees one endless room. Nothing flows before one of the two is
 * started; the end of the recording is told to both.
 */
export class ReplaySource {
  /** The recording's pictures. */
  readonly camera: ThermalCamera;
  /** The recording's air readings. */
  readonly air: AirSensor;
  readonly #options: ReplaySourceOptions;
  #cameraListener: ThermalCameraListener | null = null;
  #airListener: AirSensorListener | null = null;
  #state: "new" | "running" | "ended" = "new";
  #cancelWait: Cancel | null = null;
  #wake: (() => void) | null = null;
  #finished: Promise<void> = Promise.resolve();
  /** Where the replay's time line began: in capture time and in the clock's monotonic time. */
  #startMicros = 0;
  #startMs = 0;
  /** Capture time that is not passed before more has been delivered. */
  #horizonMicros: number | null = null;
  #inOneGo = 0;

  constructor(options: ReplaySourceOptions) {
    this.#options = options;
    const stop = (): Promise<void> => this.#stop();
    this.camera = {
      start: async (listener) => {
        this.#cameraListener = listener;
        this.#begin();
      },
      stop,
    };
    this.air = {
      start: async (listener) => {
        this.#airListener = listener;
        this.#begin();
      },
      stop,
    };
  }

  /** Capture time now: runs at the replay's speed, never ahead of what was delivered, and stands still after the end. */
  nowMicros(): number {
    const { clock, speed } = this.#options;
    if (this.#horizonMicros === null) return clock.nowMicros();
    const passedMicros = (clock.monotonicMs() - this.#startMs) * microsPerMillisecond * speed;
    return Math.min(Math.round(this.#startMicros + passedMicros), this.#horizonMicros);
  }

  /** Begins a moment later, so that camera and air sensor can both be started before anything flows. */
  #begin(): void {
    if (this.#state !== "new") return;
    this.#state = "running";
    this.#finished = this.#pause(0).then(() => this.#play());
  }

  async #play(): Promise<void> {
    let nextMicros = this.#options.clock.nowMicros();
    this.#startMicros = nextMicros;
    this.#startMs = this.#options.clock.monotonicMs();
    let counterOffset = 0;
    while (this.#state === "running") {
      const pass = await this.#playOnce({ firstMicros: nextMicros, counterOffset });
      if (pass === null || this.#options.repeat === "once") break;
      nextMicros = pass.lastMicros + pass.gapMicros;
      counterOffset = pass.nextCounter;
    }
    if (this.#state !== "running") return;
    this.#state = "ended";
    this.#cameraListener?.onEnd();
    this.#airListener?.onEnd();
  }

  /** One pass from the first entry to the last; null when nothing came or the recording broke off. */
  async #playOnce(pass: {
    firstMicros: number;
    counterOffset: number;
  }): Promise<{ lastMicros: number; gapMicros: number; nextCounter: number } | null> {
    let shiftMicros: number | null = null;
    let lastMicros = pass.firstMicros;
    let lastFrameMicros: number | null = null;
    let gapMicros = loopGapMicros;
    let nextCounter = pass.counterOffset;
    try {
      for await (const entry of this.#options.entries()) {
        shiftMicros ??= pass.firstMicros - entry.atMicros;
        lastMicros = Math.max(lastMicros, entry.atMicros + shiftMicros);
        await this.#waitUntil(lastMicros);
        if (this.#state !== "running") return null;
        this.#deliver({ entry, shiftMicros, counterOffset: pass.counterOffset });
        if (entry.kind !== "thermal") continue;
        if (lastFrameMicros !== null) gapMicros = Math.max(1, lastMicros - lastFrameMicros);
        lastFrameMicros = lastMicros;
        nextCounter = Math.max(nextCounter, pass.counterOffset + entry.frame.frameCounter + 1);
      }
    } catch (error) {
      this.#tellTrouble(`The recording broke off: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
    return shiftMicros === null ? null : { lastMicros, gapMicros, nextCounter };
  }

  #deliver(delivery: { entry: RecordingEntry; shiftMicros: number; counterOffset: number }): void {
    const { entry, shiftMicros, counterOffset } = delivery;
    switch (entry.kind) {
      case "thermal":
        this.#cameraListener?.onFrame({
          ...entry.frame,
          capturedAtMicros: entry.frame.capturedAtMicros + shiftMicros,
          frameCounter: entry.frame.frameCounter + counterOffset,
        });
        break;
      case "air":
        this.#airListener?.onSample({
          ...entry.sample,
          sampledAtMicros: entry.sample.sampledAtMicros + shiftMicros,
        });
        break;
      case "damage":
        this.#tellTrouble(entry.what);
        break;
      // What the recording device thought and did is not replayed, nor what a simulation knows of itself: this device thinks for itself. Channels decide nothing.
      case "channel":
      case "tick":
      case "features":
      case "score":
      case "event":
      case "config":
      case "origin":
      case "truth":
        break;
    }
  }

  #tellTrouble(text: string): void {
    if (this.#cameraListener !== null) this.#cameraListener.onTrouble(text);
    else this.#airListener?.onTrouble(text);
  }

  async #waitUntil(atMicros: number): Promise<void> {
    const { clock, speed } = this.#options;
    this.#horizonMicros = atMicros;
    const dueMs = this.#startMs + (atMicros - this.#startMicros) / microsPerMillisecond / speed;
    const leftMs = dueMs - clock.monotonicMs();
    this.#inOneGo += 1;
    if (leftMs <= 0 && this.#inOneGo < entriesInOneGoMax) return;
    this.#inOneGo = 0;
    await this.#pause(Math.max(0, leftMs));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#cancelWait = this.#options.clock.after(ms, resolve);
    });
  }

  async #stop(): Promise<void> {
    if (this.#state === "running") this.#state = "ended";
    this.#cancelWait?.();
    this.#wake?.();
    await this.#finished;
  }
}
