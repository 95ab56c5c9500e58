import type { CaptureReader, CaptureSurroundings } from "#sensors/transport/capture-reader.ts";
import { runCaptureLoop } from "#sensors/transport/linux/capture-loop.ts";

/** What the tests give this reader. */
export interface PatternSettings {
  /** Time between two reads, in milliseconds. */
  readonly periodMs: number;
  /** Set to 1 and notified after a flood. */
  readonly flooded: SharedArrayBuffer;
}

/** What this reader tells. */
export interface PatternMessage {
  readonly sequence: number;
  readonly reopened: number;
  readonly bytes: Uint8Array;
}

const packetBytes = 164;

/** Messages that "flood" offers. */
export const floodMessages = 100;

class PatternReader implements CaptureReader {
  readonly #surroundings: CaptureSurroundings;
  readonly #settings: PatternSettings;
  readonly #packet = new Uint8Array(packetBytes);
  #sequence = 0;
  #reopened = 0;
  #order: unknown = null;

  constructor(surroundings: CaptureSurroundings) {
    this.#surroundings = surroundings;
    this.#settings = surroundings.settings as PatternSettings;
  }

  readDue(): number {
    const order = this.#order;
    this.#order = null;
    if (order === "die") throw new Error("planted fault");
    for (let count = order === "flood" ? floodMessages : 1; count > 0; count -= 1) this.#readOne();
    if (order === "flood") {
      const flooded = new Int32Array(this.#settings.flooded);
      Atomics.store(flooded, 0, 1);
      Atomics.notify(flooded, 0);
    }
    return this.#settings.periodMs;
  }

  receive(message: unknown): void {
    this.#order = message;
  }

  linkReopened(): void {
    this.#reopened += 1;
  }

  #readOne(): void {
    this.#surroundings.spi.read(this.#packet);
    const bytes = this.#packet.slice();
    const message: PatternMessage = { sequence: this.#sequence, reopened: this.#reopened, bytes };
    if (this.#surroundings.outlet.offer(message, [bytes.buffer])) this.#sequence += 1;
  }
}

const clock = { nowMicros: () => Date.now() * 1_000, monotonicMs: () => performance.now() };
await runCaptureLoop({ clock, makeReader: (surroundings) => new PatternReader(surroundings) });
