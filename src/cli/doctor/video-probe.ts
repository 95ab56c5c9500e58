import { counterDifference } from "#core/frames/counter-difference.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { parseLeptonTelemetry, telemetryFrameCounter } from "#core/frames/lepton-telemetry.ts";
import type { Clock } from "#core/time.ts";
import type { VospiFrame } from "#sensors/lepton/frame-assembler.ts";
import { type VospiCounters, zeroVospiCounters } from "#sensors/lepton/vospi-counters.ts";
import { VospiReader } from "#sensors/lepton/vospi-reader.ts";
import { frameGapMaxMs } from "#sensors/lepton/vospi-timing.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { pause } from "./doctor-surroundings.ts";
import { type LineLevel, WatchedSpiLink } from "./watched-spi-link.ts";

/** What was seen of the camera's pictures. */
export interface VideoObservation {
  readonly level: LineLevel;
  /** Since the first picture, or of everything when there was none: what comes before is how the two find each other. */
  readonly counters: VospiCounters;
  readonly frames: number;
  /** By how much the camera's own count of pictures went on meanwhile. */
  readonly counted: number;
  /** Pictures in a row without a change, outside of flat-field corrections; the longest run. */
  readonly sameInARow: number;
  /** What the camera said with its last picture; null without a picture. */
  readonly telemetry: FrameTelemetry | null;
  readonly telemetryRevision: number;
}

/** Reads the camera's pictures for a while, as the driver does, and notes what there is to see. */
export class VideoProbe {
  readonly #clock: Clock;
  readonly #link: WatchedSpiLink;
  readonly #reader: VospiReader;
  #before = zeroVospiCounters();
  #frames = 0;
  #lastCounter = Number.NaN;
  #counted = 0;
  #lastPixels: Uint16Array | null = null;
  #same = 0;
  #sameMax = 0;
  #telemetry: FrameTelemetry | null = null;
  #isSyncLost = true;

  constructor({ spi, clock }: { readonly spi: SpiLink; readonly clock: Clock }) {
    this.#clock = clock;
    this.#link = new WatchedSpiLink(spi);
    this.#reader = new VospiReader({
      spi: this.#link,
      clock,
      telemetryPlace: "footer",
      onFrame: (frame) => this.#take(frame),
      onSyncLost: () => {
        this.#isSyncLost = true;
      },
    });
  }

  /** What the camera said with its last picture. */
  get telemetry(): FrameTelemetry | null {
    return this.#telemetry;
  }

  /** Reads until `isDone` says so or the time is over; begins anew as often as needed. Throws `TransportFailure`. */
  async read(forMs: number, isDone: () => boolean = () => false): Promise<void> {
    const endMs = this.#clock.monotonicMs() + forMs;
    while (this.#clock.monotonicMs() < endMs && !isDone()) {
      if (this.#isSyncLost) this.#resume();
      await pause(this.#clock, this.#reader.readDue());
    }
  }

  observation(): VideoObservation {
    return {
      level: this.#link.level,
      counters: since(this.#before, this.#reader.counters),
      frames: this.#frames,
      counted: this.#frames === 0 ? 0 : this.#counted + 1,
      sameInARow: this.#sameMax,
      telemetry: this.#telemetry,
      telemetryRevision: this.#telemetry?.words?.[0] ?? Number.NaN,
    };
  }

  #resume(): void {
    this.#isSyncLost = false;
    this.#reader.resume({ frameWithinMs: frameGapMaxMs });
  }

  #take({ pixels, telemetryWords }: VospiFrame): void {
    if (telemetryWords === null) return;
    this.#frames += 1;
    const counter = telemetryFrameCounter(telemetryWords);
    if (this.#frames === 1) this.#before = { ...this.#reader.counters };
    else this.#counted += counterDifference({ before: this.#lastCounter, now: counter });
    this.#lastCounter = counter;
    this.#telemetry = parseLeptonTelemetry(telemetryWords);
    const last = this.#lastPixels;
    const isSame = last !== null && pixels.every((pixel, i) => pixel === last[i]);
    this.#lastPixels = pixels;
    // The picture stands still while the shutter is closed; that is no fault.
    this.#same = isSame && this.#telemetry.ffcState !== "in-progress" ? this.#same + 1 : 0;
    this.#sameMax = Math.max(this.#sameMax, this.#same);
  }
}

function since(before: VospiCounters, now: VospiCounters): VospiCounters {
  const result = { ...now };
  for (const name of Object.keys(result) as (keyof VospiCounters)[]) result[name] -= before[name];
  return result;
}
