import { regionDefinition } from "./region-definition.ts";
import type { PixelRun } from "./region-segmenter.ts";

/** A rectangle of whole pixels, both ends included. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One pixel further, in a claim (see `#claims`). */
const oneFurther = 256;

/** The owner of a pixel that no track has come near. */
const nobody = 255;

/** The claim of such a pixel: as far as can be and one further still fits 16 bits. */
const unclaimed = 254 * oneFurther + nobody;

/**
 * Which track each pixel around the regions belongs to: the nearest one, by chessboard distance, up to a margin of each
 * track's own. Exact by a forward and a backward pass over the rectangle around all tracks, whatever their number, so
 * each pixel is looked at for one track only and a frame costs at most one pass over the picture.
 */
export class RegionSurroundings {
  readonly #width: number;
  readonly #height: number;
  readonly #stride: number;
  /**
   * 256 · distance + track for each pixel, so that the smaller number is the nearer track. The picture carries a border
   * of one pixel that is never near, which spares the passes their edge cases.
   */
  readonly #claims: Uint16Array;
  /** The furthest claim within each track's margin. */
  readonly #claimsMax = new Uint16Array(regionDefinition.tracksMax);
  readonly #pixels: Int32Array;
  readonly #ends = new Int32Array(regionDefinition.tracksMax);
  readonly #next = new Int32Array(regionDefinition.tracksMax);

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    this.#stride = size.width + 2;
    this.#claims = new Uint16Array(this.#stride * (size.height + 2)).fill(unclaimed);
    this.#pixels = new Int32Array(size.width * size.height);
  }

  /** Forgets all tracks. */
  clear(): void {
    this.#claims.fill(unclaimed);
    this.#ends.fill(0);
  }

  /** Pixels of a track's own region, within one row; where two tracks claim one the first keeps it. */
  claim(track: number, run: PixelRun): void {
    const start = this.#padded(run.from);
    for (let at = start; at < start + run.to - run.from; at += 1)
      if (this.#claims[at]! >= oneFurther) this.#claims[at] = track;
  }

  /** Spreads the claims over `box` (all claimed pixels and the widest margin) up to each track's margin. */
  spread(box: PixelBox, margins: Uint8Array, ignored: Uint8Array): void {
    const clipped = {
      left: Math.max(box.left, 0),
      top: Math.max(box.top, 0),
      right: Math.min(box.right, this.#width - 1),
      bottom: Math.min(box.bottom, this.#height - 1),
    };
    for (let track = 0; track < margins.length; track += 1)
      this.#claimsMax[track] = margins[track]! * oneFurther + track;
    this.#passForward(clipped);
    this.#passBackward(clipped, ignored);
    this.#list(clipped, ignored);
  }

  /** Adds to `counts`, from `offset` on by track, for how many of a run's pixels each track is the nearest. */
  countOwners(run: PixelRun, counts: Int32Array, offset: number): void {
    const start = this.#padded(run.from);
    for (let at = start; at < start + run.to - run.from; at += 1) {
      const claim = this.#claims[at]!;
      const owner = claim & 0xff;
      if (owner !== nobody && claim <= this.#claimsMax[owner]!)
        counts[offset + owner] = counts[offset + owner]! + 1;
    }
  }

  /** The pixels of all tracks, those of track 0 first; masked and bad ones are left out. */
  get pixels(): Int32Array {
    return this.#pixels;
  }

  /** For each track the index in `pixels` one past its last; its first is the end of the track before it. */
  get ends(): Int32Array {
    return this.#ends;
  }

  #padded(pixel: number): number {
    const y = Math.floor(pixel / this.#width);
    return (y + 1) * this.#stride + (pixel - y * this.#width) + 1;
  }

  #passForward(box: PixelBox): void {
    const claims = this.#claims;
    const stride = this.#stride;
    for (let y = box.top; y <= box.bottom; y += 1) {
      const from = (y + 1) * stride + 1 + box.left;
      const to = (y + 1) * stride + 1 + box.right;
      let beside = claims[from - 1]!;
      let aboveLeft = claims[from - 1 - stride]!;
      let above = claims[from - stride]!;
      for (let at = from; at <= to; at += 1) {
        const aboveRight = claims[at + 1 - stride]!;
        const near = Math.min(beside, aboveLeft, above, aboveRight) + oneFurther;
        beside = Math.min(claims[at]!, near);
        claims[at] = beside;
        aboveLeft = above;
        above = aboveRight;
      }
    }
  }

  /** Completes the claims, and counts each track's pixels into `#ends`. */
  #passBackward(box: PixelBox, ignored: Uint8Array): void {
    const claims = this.#claims;
    const stride = this.#stride;
    const counts = this.#ends.fill(0);
    for (let y = box.bottom; y >= box.top; y -= 1) {
      const from = (y + 1) * stride + 1 + box.right;
      const to = (y + 1) * stride + 1 + box.left;
      let pixel = y * this.#width + box.right;
      let beside = claims[from + 1]!;
      let belowRight = claims[from + 1 + stride]!;
      let below = claims[from + stride]!;
      for (let at = from; at >= to; at -= 1) {
        const belowLeft = claims[at - 1 + stride]!;
        const near = Math.min(beside, belowRight, below, belowLeft) + oneFurther;
        beside = Math.min(claims[at]!, near);
        claims[at] = beside;
        const owner = beside & 0xff;
        if (owner !== nobody && beside <= this.#claimsMax[owner]! && ignored[pixel] === 0)
          counts[owner] = counts[owner]! + 1;
        belowRight = below;
        below = belowLeft;
        pixel -= 1;
      }
    }
  }

  /** Turns the counts in `#ends` into ends, and lists the pixels of each track. */
  #list(box: PixelBox, ignored: Uint8Array): void {
    const claims = this.#claims;
    const next = this.#next;
    const ends = this.#ends;
    let end = 0;
    for (let track = 0; track < ends.length; track += 1) {
      next[track] = end;
      end += ends[track]!;
      ends[track] = end;
    }
    for (let y = box.top; y <= box.bottom; y += 1) {
      const row = (y + 1) * this.#stride + 1;
      for (let x = box.left; x <= box.right; x += 1) {
        const claim = claims[row + x]!;
        const owner = claim & 0xff;
        const pixel = y * this.#width + x;
        if (owner === nobody || claim > this.#claimsMax[owner]! || ignored[pixel] !== 0) continue;
        const at = next[owner]!;
        this.#pixels[at] = pixel;
        next[owner] = at + 1;
      }
    }
  }
}
