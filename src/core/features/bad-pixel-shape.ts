/** A pixel must stand out from its ring by at least this to be suspected, in centikelvin (1.5 K). */
export const standOutCentikelvin = 150;

/**
 * A neighbour follows when it deviates by more than this share of the suspect's own deviation. The lens spreads a real
 * point so that its upper and lower neighbours get at least a third of it (a blur of σ = 0.6 pixel; 0.18 even at 0.45).
 */
export const followShare = 0.12;

/** Deviations up to this are noise and fixed pattern, in centikelvin (about five times 55 mK). */
export const quietCentikelvin = 30;

/** Pixels of the square ring at distance 2, from which the background is taken. */
const ringPixels = 16;

/**
 * Judges single pixels by shape. The lens spreads any real point over at least 2×2 pixels, so one pixel, or two side by
 * side in one row (both are seen on real Leptons), that stands out while nothing above and below follows is no
 * part of the scene.
 *
 * In the first and the last row one side is unseen: a hot thing just outside lights that row alone. There only single
 * pixels are judged, by their neighbours in the row too, and corners not at all.
 */
export class BadPixelShape {
  readonly #width: number;
  readonly #height: number;
  readonly #ring = new Int32Array(ringPixels);
  #pixels: Uint16Array = new Uint16Array(0);
  #background = 0;
  #limit = 0;
  #sign = 1;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
  }

  /** Marks the suspicious pixels of a picture with 1 and returns how many there are. */
  markSuspects(pixels: Uint16Array, suspects: Uint8Array): number {
    this.#pixels = pixels;
    suspects.fill(0);
    let count = 0;
    for (let y = 0; y < this.#height; y += 1) count += this.#markRow(pixels, suspects, y);
    return count;
  }

  /** A cheap look first: far from the pixels above and below, on the same side of both. */
  #markRow(pixels: Uint16Array, suspects: Uint8Array, y: number): number {
    const width = this.#width;
    const above = y > 0 ? -width : width;
    const below = y < this.#height - 1 ? width : -width;
    let count = 0;
    for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
      const up = pixels[i]! - pixels[i + above]!;
      // One comparison for both ends of the range: nearly every pixel leaves here.
      if ((up + standOutCentikelvin) >>> 0 <= 2 * standOutCentikelvin) continue;
      const down = Math.sign(up) * (pixels[i]! - pixels[i + below]!);
      if (down <= standOutCentikelvin || !this.#isSuspicious(x, y)) continue;
      suspects[i] = 1;
      count += 1;
    }
    return count;
  }

  #isSuspicious(x: number, y: number): boolean {
    this.#background = this.#ringMedian(x, y);
    const deviation = this.#pixels[y * this.#width + x]! - this.#background;
    if (Math.abs(deviation) < standOutCentikelvin) return false;
    this.#sign = Math.sign(deviation);
    this.#limit = Math.max(quietCentikelvin, followShare * Math.abs(deviation));
    const left = this.#follows(x - 1, y);
    const right = this.#follows(x + 1, y);
    if (y === 0 || y === this.#height - 1) {
      if (x === 0 || x === this.#width - 1 || left || right) return false;
    }
    if (left && right) return false;
    if (left && this.#follows(x - 2, y)) return false;
    if (right && this.#follows(x + 2, y)) return false;
    return this.#quietAboveAndBelow({ from: left ? x - 2 : x - 1, to: right ? x + 2 : x + 1, y });
  }

  /** Whether a pixel of the row deviates the same way; one outside the picture does not. */
  #follows(x: number, y: number): boolean {
    if (x < 0 || x >= this.#width) return false;
    return this.#sign * (this.#pixels[y * this.#width + x]! - this.#background) > this.#limit;
  }

  #quietAboveAndBelow(span: { from: number; to: number; y: number }): boolean {
    const from = Math.max(span.from, 0);
    const to = Math.min(span.to, this.#width - 1);
    for (let y = span.y - 1; y <= span.y + 1; y += 2) {
      if (y < 0 || y >= this.#height) continue;
      for (let x = from; x <= to; x += 1)
        if (Math.abs(this.#pixels[y * this.#width + x]! - this.#background) > this.#limit) return false;
    }
    return true;
  }

  #ringMedian(x0: number, y0: number): number {
    const ring = this.#ring;
    let count = 0;
    for (let dy = -2; dy <= 2; dy += 1) {
      const y = y0 + dy;
      if (y < 0 || y >= this.#height) continue;
      const step = Math.abs(dy) === 2 ? 1 : 4;
      for (let dx = -2; dx <= 2; dx += step) {
        const x = x0 + dx;
        if (x < 0 || x >= this.#width) continue;
        const value = this.#pixels[y * this.#width + x]!;
        let place = count;
        for (; place > 0 && ring[place - 1]! > value; place -= 1) ring[place] = ring[place - 1]!;
        ring[place] = value;
        count += 1;
      }
    }
    return (ring[(count - 1) >> 1]! + ring[count >> 1]!) / 2;
  }
}
