import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { NumberedRing } from "./numbered-ring.ts";
import { type CodedPicture, PictureCoder } from "./picture-coder.ts";

/** Seconds of pictures that are kept, at the rate of a Lepton and a little more. */
export const ringSeconds = 60;
const framesPerSecond = 9;
/** Readings, features, scores and ticks that are kept: more than five minutes of them. */
const readingsKept = 1_024;
/** Events that are kept, so that none is missing from a recording whose disk stood still for minutes. */
export const eventsKept = 4_096;

/** Memory for a picture is made larger by so much than what it takes, so that most of the next ones fit, too. */
const roomSpare = 1.125;
/** Memory that is larger by so much than what it is to hold is given back. */
const roomyMax = 2;

/** Everything that a ring can hold. */
export const ringEntriesMax = ringSeconds * framesPerSecond + readingsKept + eventsKept;

type ThermalEntry = Extract<RecordingEntry, { kind: "thermal" }>;

interface Held {
  readonly entry: RecordingEntry;
  /** Of a picture: how many had been let go before it, since the beginning, and never came here. */
  readonly letGo: number;
}

/**
 * The last minute in memory: pictures, air, features, scores and events, in the order in which they came. Pictures are
 * coded without loss: some 6 MB at 160×120, and 21 MB at most, of a camera that shows nothing but noise.
 */
export class EvidenceRing {
  readonly #frames: NumberedRing<Held>;
  readonly #readings: NumberedRing<Held>;
  readonly #events: NumberedRing<Held>;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #coder = new PictureCoder();
  #order = 0;
  #otherSizes = 0;
  #letGo = 0;
  /** Memory of the slots of pictures, used again and again: as garbage it would lie about until somebody collects it. */
  readonly #rooms: (Uint8Array | undefined)[] = [];

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#size = size;
    const empty: Held = { entry: { kind: "tick", atMicros: 0 }, letGo: 0 };
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
    if (this.#fits(frame)) this.#push(this.#coder.code(frame));
  }

  /** Takes a picture in that is coded already, and how many before it were let go on their way here. */
  addCoded(picture: CodedPicture, letGo: number): void {
    this.#letGo += letGo;
    if (this.#fits(picture)) this.#push(picture);
  }

  /** Takes anything else in. */
  addEntry(entry: Exclude<RecordingEntry, ThermalEntry>): void {
    this.#order += 1;
    (entry.kind === "event" ? this.#events : this.#readings).push({ entry, letGo: 0 }, this.#order);
  }

  /** A reader that begins with what is at most so old, or with what comes next. */
  reader(from: { readonly sinceMicros: number } | "now"): RingReader {
    const rings = [this.#frames, this.#readings, this.#events] as const;
    const sinceMicros = from === "now" ? Number.POSITIVE_INFINITY : from.sinceMicros;
    return new RingReader(rings, { sinceMicros, letGo: this.#letGo });
  }

  #fits({ width, height }: ThermalFrame): boolean {
    const fits = width === this.#size.width && height === this.#size.height;
    if (!fits) this.#otherSizes += 1;
    return fits;
  }

  #push(picture: CodedPicture): void {
    this.#order += 1;
    const frame = this.#moved(picture);
    const entry = { kind: "thermal", atMicros: frame.capturedAtMicros, frame } as const;
    this.#frames.push({ entry, letGo: this.#letGo }, this.#order);
  }

  /** A picture that others are told by stays where it is: they may be read when it has left the ring. */
  #moved(picture: CodedPicture): CodedPicture {
    if (picture.isKey) return picture;
    const slot = this.#frames.end % (ringSeconds * framesPerSecond);
    const { length } = picture.coded.pixels.bytes;
    const room = this.#rooms[slot];
    const isOfUse = room !== undefined && length <= room.length && room.length <= roomyMax * length;
    const moved = isOfUse ? room : new Uint8Array(Math.ceil(roomSpare * length));
    this.#rooms[slot] = moved;
    return picture.movedTo(moved);
  }
}

/** A place in a ring that a reader has come to. */
export interface RingPlace {
  readonly next: readonly number[];
  readonly lostFrames: number;
  readonly lostEntries: number;
  readonly letGo: number;
}

/** Reads a ring from a place on, in the order in which things came, however slowly. */
export class RingReader {
  readonly #rings: readonly NumberedRing<Held>[];
  readonly #next: number[];
  #lostFrames = 0;
  #lostEntries = 0;
  /** Pictures let go before they came into the ring, up to the place where this reader is. */
  #letGo: number;

  /** Made by `EvidenceRing.reader`; `letGo` are the pictures that were let go before now. */
  constructor(
    rings: readonly NumberedRing<Held>[],
    from: { readonly sinceMicros: number; readonly letGo: number },
  ) {
    this.#rings = rings;
    this.#next = rings.map((ring) => {
      let number = ring.start;
      while (number < ring.end && ring.at(number).entry.atMicros < from.sinceMicros) number += 1;
      return number;
    });
    const [frames] = rings;
    const first = this.#next[0]!;
    this.#letGo = frames !== undefined && first < frames.end ? frames.at(first).letGo : from.letGo;
  }

  /** Pictures that were gone before they were read, or let go before they came into the ring. */
  get lostFrames(): number {
    return this.#lostFrames;
  }

  /** Where this reader is, to come back to. */
  get place(): RingPlace {
    const next = [...this.#next];
    return { next, lostFrames: this.#lostFrames, lostEntries: this.#lostEntries, letGo: this.#letGo };
  }

  /** Goes back to a place where it was; what has left the ring since then is lost, and counted. */
  goBack({ next, lostFrames, lostEntries, letGo }: RingPlace): void {
    next.forEach((number, i) => {
      this.#next[i] = number;
    });
    this.#lostFrames = lostFrames;
    this.#lostEntries = lostEntries;
    this.#letGo = letGo;
  }

  /** Anything else that was gone before it was read. */
  get lostEntries(): number {
    return this.#lostEntries;
  }

  /**
   * The next entry, null when all is read. A picture is decoded when its pixels are asked for, which has to be before
   * another comes into the ring: its memory may then be another's.
   */
  next(): RecordingEntry | null {
    const chosen = this.#oldest();
    if (chosen < 0) return null;
    const { entry, letGo } = this.#rings[chosen]!.at(this.#next[chosen]!);
    this.#next[chosen]! += 1;
    if (entry.kind === "thermal") {
      this.#lostFrames += letGo - this.#letGo;
      this.#letGo = letGo;
    }
    return entry;
  }

  /** Time of the entry that `next` would give; null when all is read. */
  get nextMicros(): number | null {
    const chosen = this.#oldest();
    return chosen < 0 ? null : this.#rings[chosen]!.at(this.#next[chosen]!).entry.atMicros;
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
