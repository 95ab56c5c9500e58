import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { BadPixelShape } from "./bad-pixel-shape.ts";

/** Frames are looked at no more often than this: nearer ones tell little new. */
export const lookSpacingMicros = 500_000;

/** A pixel is mapped after this many suspicious looks in a row (4 s); each other look takes two of them away. */
export const looksToMap = 8;

/** A mapped pixel is trusted again after this many looks without suspicion in a row (10 minutes). */
export const looksToTrust = 1_200;

/**
 * Largest share of the picture that is ever mapped: a Lepton has less than 1 % bad pixels (engineering data sheet,
 * operability over 99 %). What comes after is not mapped, and a frame with more suspects than this is not looked at:
 * such a picture is broken as a whole.
 */
export const mappedShareMax = 0.01;

/**
 * Finds bad pixels by shape (`BadPixelShape`), confirmed over several seconds, so that a passing glint is none. A pixel
 * once mapped stays so while it goes on standing out at least now and then.
 */
export class BadPixelFinder {
  readonly #width: number;
  readonly #height: number;
  readonly #mappedMax: number;
  readonly #map: Uint8Array;
  /** Looks that speak against each pixel: `looksToMap` maps it and sets it to `looksToTrust`; 0 clears it. */
  readonly #score: Uint16Array;
  readonly #suspects: Uint8Array;
  /** Suspects and scores four pixels at a time: nearly all are 0, and looked at together. */
  readonly #fourSuspects: Uint32Array;
  readonly #twoScores: Uint32Array;
  readonly #shape: BadPixelShape;
  #mapped = 0;
  #lastLookAtMicros = Number.NEGATIVE_INFINITY;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    const pixels = size.width * size.height;
    this.#mappedMax = Math.floor(mappedShareMax * pixels);
    this.#map = new Uint8Array(pixels);
    const fours = Math.ceil(pixels / 4);
    this.#twoScores = new Uint32Array(2 * fours);
    this.#score = new Uint16Array(this.#twoScores.buffer, 0, pixels);
    this.#fourSuspects = new Uint32Array(fours);
    this.#suspects = new Uint8Array(this.#fourSuspects.buffer, 0, pixels);
    this.#shape = new BadPixelShape(size);
  }

  /** Looks at a frame as it came; returns a new map (1 = bad, belongs to the caller) when it changed, else null. */
  addFrame(frame: ThermalFrame): Uint8Array | null {
    if (!this.#worthALook(frame)) return null;
    this.#lastLookAtMicros = frame.capturedAtMicros;
    const suspects = this.#shape.markSuspects(frame.pixels, this.#suspects);
    if (suspects > this.#mappedMax) return null;
    return this.#scoreLook() ? this.#map.slice() : null;
  }

  #worthALook(frame: ThermalFrame): boolean {
    if (frame.unit !== "centikelvin" || frame.width !== this.#width || frame.height !== this.#height)
      return false;
    if (frame.pixels.length !== this.#map.length) return false;
    if (frame.telemetry?.ffcState === "in-progress") return false;
    const since = frame.capturedAtMicros - this.#lastLookAtMicros;
    return since >= lookSpacingMicros || since < 0;
  }

  #scoreLook(): boolean {
    const suspects = this.#fourSuspects;
    const scores = this.#twoScores;
    let changed = false;
    for (let four = 0; four < suspects.length; four += 1) {
      if (suspects[four] === 0 && scores[2 * four] === 0 && scores[2 * four + 1] === 0) continue;
      const end = Math.min(4 * four + 4, this.#map.length);
      for (let i = 4 * four; i < end; i += 1) changed = this.#scorePixel(i) || changed;
    }
    return changed;
  }

  #scorePixel(pixel: number): boolean {
    if (this.#suspects[pixel] === 0 && this.#score[pixel] === 0) return false;
    return this.#map[pixel] !== 0 ? this.#scoreMapped(pixel) : this.#scoreUnmapped(pixel);
  }

  #scoreUnmapped(pixel: number): boolean {
    const score = this.#score[pixel]! + (this.#suspects[pixel] === 0 ? -2 : 1);
    this.#score[pixel] = Math.min(Math.max(score, 0), looksToMap);
    if (score < looksToMap || this.#mapped >= this.#mappedMax) return false;
    this.#map[pixel] = 1;
    this.#mapped += 1;
    this.#score[pixel] = looksToTrust;
    return true;
  }

  #scoreMapped(pixel: number): boolean {
    this.#score[pixel] = this.#suspects[pixel] === 0 ? this.#score[pixel]! - 1 : looksToTrust;
    if (this.#score[pixel]! > 0) return false;
    this.#map[pixel] = 0;
    this.#mapped -= 1;
    return true;
  }
}
