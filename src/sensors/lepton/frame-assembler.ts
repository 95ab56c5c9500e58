import { looksLikeTelemetry, telemetryWords } from "#core/frames/lepton-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import {
  packetsPerSegment,
  packetsPerTelemetrySegment,
  packetWords,
  segmentsPerFrame,
} from "./vospi-packet.ts";

/** Where the camera puts its telemetry: in the last packets of segment 4, the first ones of segment 1, or nowhere. */
export type TelemetryPlace = "footer" | "header" | "none";

/** Words of the two telemetry rows: A, B, C and one reserved packet. */
const telemetryRowWords = 320;

const pixelCount = leptonWidth * leptonHeight;

/** A whole picture as the camera sent it. */
export interface VospiFrame {
  /** 160 · 120 values, row by row. */
  readonly pixels: Uint16Array<ArrayBuffer>;
  /** Rows A, B and C, 240 words; null when the camera sends none. */
  readonly telemetryWords: Uint16Array<ArrayBuffer> | null;
}

/**
 * What a segment did to the picture. `invalid`: number 0, one of the eight that separate two pictures. `out-of-turn`:
 * another number than the next one; the picture under way is lost. `no-telemetry`: the picture is complete, but where
 * its telemetry should be is none, so its parts do not belong together. `complete`: `frame()` has it.
 */
export type SegmentOutcome = "stored" | "invalid" | "out-of-turn" | "no-telemetry" | "complete";

/** A whole segment. */
export interface Segment {
  readonly number: number;
  readonly words: Uint16Array;
}

/** Puts segments 1, 2, 3 and 4, in this order and without a gap, together to pictures. */
export class FrameAssembler {
  readonly #place: TelemetryPlace;
  readonly #segmentWords: number;
  readonly #words: Uint16Array<ArrayBuffer>;
  readonly #telemetry: Uint16Array<ArrayBuffer>;
  #next = 1;

  constructor(place: TelemetryPlace) {
    this.#place = place;
    const packets = place === "none" ? packetsPerSegment : packetsPerTelemetrySegment;
    this.#segmentWords = packets * packetWords;
    this.#words = new Uint16Array(segmentsPerFrame * this.#segmentWords);
    const telemetryAt = place === "header" ? 0 : pixelCount;
    this.#telemetry = this.#words.subarray(telemetryAt, telemetryAt + telemetryWords);
  }

  /** True while a picture is begun and not complete. */
  get isWithin(): boolean {
    return this.#next > 1;
  }

  /** Forgets the picture under way: a segment was damaged or missing. */
  reset(): void {
    this.#next = 1;
  }

  /** Takes a segment of which no packet is missing or wrong. */
  take({ number, words }: Segment): SegmentOutcome {
    if (number === 0) {
      this.#next = 1;
      return "invalid";
    }
    const isFirst = number === 1;
    if (number !== this.#next && !isFirst) {
      this.#next = 1;
      return "out-of-turn";
    }
    const outOfTurn = number !== this.#next;
    this.#words.set(words, (number - 1) * this.#segmentWords);
    this.#next = number + 1;
    if (number < segmentsPerFrame) return outOfTurn ? "out-of-turn" : "stored";
    this.#next = 1;
    if (this.#place !== "none" && !looksLikeTelemetry(this.#telemetry)) return "no-telemetry";
    return "complete";
  }

  /** The picture that `take` called complete, in arrays of its own; the only place where pixels are allocated. */
  frame(): VospiFrame {
    const pixelsAt = this.#place === "header" ? telemetryRowWords : 0;
    return {
      pixels: this.#words.slice(pixelsAt, pixelsAt + pixelCount),
      telemetryWords: this.#place === "none" ? null : this.#telemetry.slice(),
    };
  }
}
