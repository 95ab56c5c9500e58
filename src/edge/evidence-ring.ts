import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { NumberedRing } from "./numbered-ring.ts";
import { PictureCoder } from "./picture-coder.ts";

/** Seconds of pictures that are kept, at the rate of a Lepton and a little more. */
export const ringSeconds = 60;
const framesPerSecond = 9;
/** Readings, features, scores and ticks that are kept: more than five minutes of them. */
const readingsKept = 1_024;
/** Events that are kept, so that none is missing from a recording whose disk stood still for minutes. */
export const eventsKept = 4_096;

/** Everything that a ring can hold. */
export const ringEntriesMax = ringSeconds * framesPerSecond + readingsKept + eventsKept;

type ThermalEntry = Extract<RecordingEntry, { kind: "thermal" }>;

/**
 * The last minute in memory: pictures, air, features, scores and events, in the order in which they came. Pictures are
 * coded without loss: some 6 MB at 160×120, and 21 MB at most, of a camera that shows nothing but noise.
 */
export class EvidenceRing {
  readonly #frames: NumberedRing<RecordingEntry>;
  readonly #readings: NumberedRing<RecordingEntry>;
  readonly #events: NumberedRing<RecordingEntry>;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #coder = new PictureCoder();
  #order = 0;
  #otherSizes = 0;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#size = size;
    const empty: RecordingEntry = { kind: "tick", atMicros: 0 };
    this.#frames = new NumberedRing(Array.from({ length: ringSeconds * framesPerSecond }, () => empty));
    this.#readings = new NumberedRing(Array.from({ length: readingsKept }, () => empty));
    this.#events = new NumberedRing(Array.from({ length: eventsKept }, () => empty));
  }

  /** Pictures of another size than the ring's, which are not kept. */
  get otherSizes(): number {
    return this.#otherSizes;
  }

  /** Takes a picture in; its pixels are coded, and not held. */
  addFrame(frame: ThermalFrame): void {
    if (frame.width !== this.#size.width || frame.height !== this.#size.height) {
      this.#otherSizes += 1;
      return;
    }
    this.#order += 1;
    const entry = {
      kind: "thermal",
      atMicros: frame.capturedAtMicros,
      frame: this.#coder.code(frame),
    } as const;
    this.#frames.push(entry, this.#order);
  }

  /** Takes anything else in. */
  addEntry(entry: Exclude<RecordingEntry, ThermalEntry>): void {
    this.#order += 1;
    (entry.kind === "event" ? this.#events : this.#readings).push(entry, this.#order);
  }

  /** A reader that begins with what is at most so old, or with what comes next. */
  reader(from: { readonly sinceMicros: number } | "now"): RingReader {
    const rings = [this.#frames, this.#readings, this.#events] as const;
    return new RingReader(rings, from === "now" ? Number.POSITIVE_INFINITY : from.sinceMicros);
  }
}

/** Reads a ring from a place on, in the order in which things came, however slowly. */
export class RingReader {
  readonly #rings: readonly NumberedRing<RecordingEntry>[];
  readonly #next: number[];
  #lostFrames = 0;
  #lostEntries = 0;

  /** Made by `EvidenceRing.reader`. */
  constructor(rings: readonly NumberedRing<RecordingEntry>[], sinceMicros: number) {
    this.#rings = rings;
    this.#next = rings.map((ring) => {
      let number = ring.start;
      while (number < ring.end && ring.at(number).atMicros < sinceMicros) number += 1;
      return number;
    });
  }

  /** Pictures that were gone before they were read. */
  get lostFrames(): number {
    return this.#lostFrames;
  }

  /** Anything else that was gone before it was read. */
  get lostEntries(): number {
    return this.#lostEntries;
  }

  /** The next entry, null when all is read. A picture is decoded when its pixels are asked for. */
  next(): RecordingEntry | null {
    const chosen = this.#oldest();
    if (chosen < 0) return null;
    const entry = this.#rings[chosen]!.at(this.#next[chosen]!);
    this.#next[chosen]! += 1;
    return entry;
  }

  /** Time of the entry that `next` would give; null when all is read. */
  get nextMicros(): number | null {
    const chosen = this.#oldest();
    return chosen < 0 ? null : this.#rings[chosen]!.at(this.#next[chosen]!).atMicros;
  }

  /** The ring whose turn it is; -1 when all is read. */
  #oldest(): number {
    this.#skipLost();
    let chosen = -1;
    for (let i = 0; i < this.#rings.length; i += 1) {
      if (this.#next[i]! >= this.#rings[i]!.end) continue;
      if (chosen < 0 || this.#orderOf(i) < this.#orderOf(chosen)) chosen = i;
    }
    return chosen;
  }

  #orderOf(ring: number): number {
    return this.#rings[ring]!.orderAt(this.#next[ring]!);
  }

  #skipLost(): void {
    this.#rings.forEach((ring, i) => {
      const lost = ring.start - this.#next[i]!;
      if (lost <= 0) return;
      this.#next[i] = ring.start;
      if (i === 0) this.#lostFrames += lost;
      else this.#lostEntries += lost;
    });
  }
}
