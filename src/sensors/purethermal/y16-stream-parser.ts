import { assert } from "#core/failure.ts";
import { counterDifference } from "#core/frames/counter-difference.ts";
import { looksLikeTelemetry, telemetryFrameCounter, telemetryWords } from "#core/frames/lepton-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";

const pixelBytes = 2 * leptonWidth * leptonHeight;

/** Bytes of the telemetry that is looked at: rows A, B and C. */
const telemetryBytes = 2 * telemetryWords;

/** Bytes of the two rows below the picture: A, B, C and 80 reserved words. */
const footerBytes = 4 * leptonWidth;

/** Most pictures that may be missing between two that follow one another: twenty minutes. */
const counterJumpMax = 10_000;

/** Row A: revision in word 0, serial number in words 5 to 12. They do not change while one camera is plugged in. */
const identityWords: readonly number[] = [0, 5, 6, 7, 8, 9, 10, 11, 12];

/** Words 72 and 73 of row A: the video format, 3 or 7; the quickest way to see that a place is no telemetry. */
const formatByte = 2 * 72;

/** A whole picture of the stream. */
export interface Y16Picture {
  /** 160 · 120 values. */
  readonly pixels: Uint16Array;
  /** Rows A, B and C, 240 words; null when the stream has none. */
  readonly telemetryWords: Uint16Array | null;
}

/** What has come since the start, and what went wrong. */
export interface Y16Counters {
  bytes: number;
  frames: number;
  /** Pictures thrown away because bytes of them were missing. */
  brokenFrames: number;
  /** Pictures thrown away because their counter does not follow the one before. */
  implausibleFrames: number;
  /** Bytes thrown away in search of the next picture. */
  skippedBytes: number;
}

/** What a parser works with. */
export interface Y16StreamParserOptions {
  /** `with`: 160×122, the last two rows are telemetry. `without`: 160×120. */
  readonly telemetry: "with" | "without";
  /** A whole picture; its arrays belong to the receiver. */
  readonly onPicture: (picture: Y16Picture) => void;
}

/**
 * Cuts a stream of little-endian 16-bit pictures, as a PureThermal board sends them, into pictures. With telemetry, a
 * picture counts only when its telemetry is where it must be; when bytes were lost, the next telemetry is searched for
 * at every byte and the stream taken up behind it. Without telemetry lost bytes cannot be noticed.
 */
export class Y16StreamParser {
  readonly counters: Y16Counters = {
    bytes: 0,
    frames: 0,
    brokenFrames: 0,
    implausibleFrames: 0,
    skippedBytes: 0,
  };
  readonly #options: Y16StreamParserOptions;
  readonly #bytes: Uint8Array;
  readonly #words = new Uint16Array(telemetryWords);
  #filled = 0;
  /** Bytes still to throw away: the rest of a footer found at the end of the buffer. */
  #skip = 0;
  #identity: readonly number[] | null = null;
  #counter: number | null = null;
  #isSearching = false;

  constructor(options: Y16StreamParserOptions) {
    this.#options = options;
    this.#bytes = new Uint8Array(pixelBytes + (options.telemetry === "with" ? footerBytes : 0));
  }

  /** The stream begins anew, perhaps from another camera. */
  reset(): void {
    this.#filled = 0;
    this.#skip = 0;
    this.#identity = null;
    this.#counter = null;
    this.#isSearching = false;
  }

  /** Takes bytes as they come, in pieces of any size. */
  add(bytes: Uint8Array): void {
    this.counters.bytes += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(this.#skip, bytes.length - at);
      this.#skip -= skipped;
      this.counters.skippedBytes += skipped;
      at += skipped;
      const count = Math.min(this.#bytes.length - this.#filled, bytes.length - at);
      this.#bytes.set(bytes.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === this.#bytes.length) this.#takeFull();
    }
  }

  #takeFull(): void {
    if (this.#options.telemetry === "without") {
      this.#filled = 0;
      this.counters.frames += 1;
      this.#options.onPicture({ pixels: this.#pixels(), telemetryWords: null });
      return;
    }
    if (!this.#isTelemetryAt(pixelBytes)) {
      this.#search();
      return;
    }
    this.#filled = 0;
    this.#isSearching = false;
    if (!this.#follows()) {
      this.counters.implausibleFrames += 1;
      return;
    }
    this.counters.frames += 1;
    this.#options.onPicture({ pixels: this.#pixels(), telemetryWords: this.#words.slice() });
  }

  /** Looks for telemetry anywhere in the buffer and makes what comes behind it the beginning of the next picture. */
  #search(): void {
    if (!this.#isSearching) this.counters.brokenFrames += 1;
    // A search that went through a whole picture in vain may be for a camera that was changed.
    else this.#identity = null;
    this.#isSearching = true;
    const last = this.#bytes.length - telemetryBytes;
    for (let at = 0; at <= last; at += 1) {
      if (!this.#isTelemetryAt(at)) continue;
      this.#counter = telemetryFrameCounter(this.#words);
      this.#keepFrom(at + footerBytes);
      return;
    }
    // Telemetry may have begun in the last bytes.
    this.#keepFrom(last + 1);
  }

  #keepFrom(at: number): void {
    const { length } = this.#bytes;
    assert(this.#filled === length, "the buffer is full");
    this.counters.skippedBytes += Math.min(at, length);
    if (at < length) this.#bytes.copyWithin(0, at);
    this.#filled = Math.max(length - at, 0);
    this.#skip = Math.max(at - length, 0);
  }

  #isTelemetryAt(at: number): boolean {
    const bytes = this.#bytes;
    const format = bytes[at + formatByte]!;
    if ((format !== 7 && format !== 3) || bytes[at + formatByte + 1] !== 0) return false;
    readWords(bytes, at, this.#words);
    if (!looksLikeTelemetry(this.#words)) return false;
    const identity = identityWords.map((word) => this.#words[word]!);
    if (this.#identity !== null && identity.some((word, i) => word !== this.#identity![i])) return false;
    this.#identity = identity;
    return true;
  }

  /** Whether the counter goes on from the one before; a restarted camera counts from its own beginning. */
  #follows(): boolean {
    const before = this.#counter;
    this.#counter = telemetryFrameCounter(this.#words);
    if (before === null) return true;
    return counterDifference({ before, now: this.#counter }) <= counterJumpMax;
  }

  #pixels(): Uint16Array {
    const pixels = new Uint16Array(leptonWidth * leptonHeight);
    readWords(this.#bytes, 0, pixels);
    return pixels;
  }
}

function readWords(bytes: Uint8Array, at: number, into: Uint16Array): void {
  for (let i = 0; i < into.length; i += 1) into[i] = bytes[at + 2 * i]! | (bytes[at + 2 * i + 1]! << 8);
}
