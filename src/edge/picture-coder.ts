import { assert } from "#core/failure.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { PixelUnit, ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type CodedPixels, decodePixels, encodePixels } from "#recording/pixel-coding.ts";

/** Pictures that are told by their difference from one key: two seconds of a Lepton's. */
export const keyEvery = 18;

interface Key {
  readonly coded: CodedPixels;
  readonly pixels: Uint16Array;
}

/**
 * Keeps pictures small and whole: one in `keyEvery` by itself, the others as what is different from it, so that each is
 * had back from at most two. Of a rendered fire a picture of 38,400 bytes takes some 11,000. What a picture is told by goes
 * when nobody holds a picture of it any more.
 */
export class PictureCoder {
  /** The key of the pictures that come, and its pixels. */
  #key: Key | null = null;
  #sinceKey = 0;
  readonly #decoded = new DecodedPicture();

  /** The picture with its pixels coded; they are had back each time they are asked for. */
  code(frame: ThermalFrame): CodedPicture {
    const { width } = frame;
    const isOther = this.#key?.pixels.length !== frame.pixels.length;
    if (this.#key === null || isOther || this.#sinceKey + 1 >= keyEvery) {
      const coded = compact(encodePixels(frame.pixels, { width, previous: null }));
      this.#key = { coded, pixels: frame.pixels.slice() };
      this.#sinceKey = 0;
      return new CodedPicture(frame, { coded, key: null, decoded: this.#decoded });
    }
    this.#sinceKey += 1;
    const coded = compact(encodePixels(frame.pixels, { width, previous: this.#key.pixels }));
    return new CodedPicture(frame, { coded, key: this.#key.coded, decoded: this.#decoded });
  }
}

/** What zlib gives is the beginning of a larger buffer, which would be kept with it. */
function compact({ coding, bytes }: CodedPixels): CodedPixels {
  return { coding, bytes: new Uint8Array(bytes) };
}

/** The key and the picture of one chain that were decoded last: whoever reads does so in order, and asks twice. */
export class DecodedPicture {
  #last: { readonly coded: CodedPixels; readonly pixels: Uint16Array } | null = null;
  #lastKey: { readonly coded: CodedPixels; readonly pixels: Uint16Array } | null = null;

  pixels(what: { coded: CodedPixels; key: CodedPixels | null; width: number; count: number }): Uint16Array {
    const { coded, key, width, count } = what;
    if (this.#last?.coded === coded) return this.#last.pixels;
    if (key !== null && this.#lastKey?.coded !== key) {
      this.#lastKey = { coded: key, pixels: decode(key, { width, count, previous: null }) };
    }
    const previous = key === null ? null : this.#lastKey!.pixels;
    this.#last = { coded, pixels: decode(coded, { width, count, previous }) };
    return this.#last.pixels;
  }
}

function decode(coded: CodedPixels, size: Parameters<typeof decodePixels>[1]): Uint16Array {
  const pixels = decodePixels(coded, size);
  assert(pixels !== null, "what this program coded it can decode");
  return pixels;
}

interface Coding {
  readonly coded: CodedPixels;
  readonly key: CodedPixels | null;
  readonly decoded: DecodedPicture;
}

/** A picture whose pixels are decoded when they are asked for. */
export class CodedPicture implements ThermalFrame {
  readonly width: number;
  readonly height: number;
  readonly capturedAtMicros: number;
  readonly frameCounter: number;
  readonly unit: PixelUnit;
  readonly telemetry: FrameTelemetry | null;
  readonly #coding: Coding;

  /** Made by `PictureCoder`, and by whoever gets its pictures from another process. */
  constructor(frame: Omit<ThermalFrame, "pixels">, coding: Coding) {
    this.width = frame.width;
    this.height = frame.height;
    this.capturedAtMicros = frame.capturedAtMicros;
    this.frameCounter = frame.frameCounter;
    this.unit = frame.unit;
    this.telemetry = frame.telemetry;
    this.#coding = coding;
  }

  /** For reading only: the same memory may be handed out twice. */
  get pixels(): Uint16Array {
    const { coded, key, decoded } = this.#coding;
    return decoded.pixels({ coded, key, width: this.width, count: this.width * this.height });
  }

  /** Its pixels as they are kept, and those of the key that they are told by; null where they stand alone. */
  get coded(): { readonly pixels: CodedPixels; readonly key: CodedPixels | null } {
    return { pixels: this.#coding.coded, key: this.#coding.key };
  }

  /** True for one that others are told by. */
  get isKey(): boolean {
    return this.#coding.key === null;
  }

  /** The same picture, its coded pixels in these bytes, which must hold them and are not to change while it is used. */
  movedTo(room: Uint8Array): CodedPicture {
    const { coding, bytes } = this.#coding.coded;
    room.set(bytes);
    const coded = { coding, bytes: room.subarray(0, bytes.length) };
    return new CodedPicture(this, { ...this.#coding, coded });
  }

  /** What its own pixels take, without those of its key. */
  get bytes(): number {
    return this.#coding.coded.bytes.buffer.byteLength;
  }
}
