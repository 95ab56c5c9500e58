import { assert } from "#core/failure.ts";
import type { CaptureReader, CaptureSurroundings } from "../transport/capture-reader.ts";
import { asCaptureOrder, type CaptureMessage, type CaptureSettings } from "./capture-messages.ts";
import { VospiReader } from "./vospi-reader.ts";
import { frameGapMaxMs } from "./vospi-timing.ts";

/** Reads a Lepton's video in a thread of its own and sends pictures to the owner. It begins paused. */
class LeptonCaptureReader implements CaptureReader {
  readonly #reader: VospiReader;
  #isReading = false;

  constructor({ spi, clock, outlet, settings }: CaptureSurroundings) {
    const { telemetryPlace } = settings as CaptureSettings;
    assert(["footer", "header", "none"].includes(telemetryPlace), "telemetry has a place");
    const offer = (message: CaptureMessage, moved: readonly ArrayBuffer[]): void => {
      // A picture that the owner has no time for is counted by the capture, like every message it drops.
      outlet.offer(message, moved);
    };
    this.#reader = new VospiReader({
      spi,
      clock,
      telemetryPlace,
      onFrame: ({ pixels, telemetryWords }) => {
        const moved = telemetryWords === null ? [pixels.buffer] : [pixels.buffer, telemetryWords.buffer];
        const arrivedAtMicros = clock.nowMicros();
        offer({ kind: "frame", pixels, telemetryWords, arrivedAtMicros, counters: this.#counters() }, moved);
      },
      onSyncLost: () => {
        this.#isReading = false;
        offer({ kind: "sync-lost", counters: this.#counters() }, []);
      },
    });
  }

  readDue(): number {
    return this.#reader.readDue();
  }

  receive(message: unknown): void {
    const order = asCaptureOrder(message);
    this.#isReading = order.kind === "resume";
    if (order.kind === "resume") this.#reader.resume(order);
    else this.#reader.pause();
  }

  linkReopened(): void {
    if (this.#isReading) this.#reader.resume({ frameWithinMs: frameGapMaxMs });
  }

  #counters(): CaptureMessage["counters"] {
    return { ...this.#reader.counters };
  }
}

/** Makes the reader of a Lepton's video; `settings` are `CaptureSettings`. */
export function makeLeptonCaptureReader(surroundings: CaptureSurroundings): CaptureReader {
  return new LeptonCaptureReader(surroundings);
}
