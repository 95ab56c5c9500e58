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
  readonly #shape: BadPixelShape;
  #mapped = 0;
  #lastLookAtMicros = Number.NEGATIVE_INFINITY;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    const pixels = size.width * size.height;
    this.#mappedMax = Math.floor(mappedShareMax * pixels);
    this.#map = new Uint8Array(pixels);
    this.#score = new Uint16Array(pixels);
    this.#suspects = new Uint8Array(pixels);
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
    const suspects = this.#suspects;
    const scores = this.#score;
    const map = this.#map;
    let changed = false;
    for (let i = 0; i < map.length; i += 1) {
      if (suspects[i] === 0 && scores[i] === 0) continue;
      if (map[i] !== 0) changed = this.#scoreMapped(i) || changed;
      else changed = this.#scoreUnmapped(i) || changed;
    }
    return changed;
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
