import { regionDefinition } from "./region-definition.ts";
import type { PixelRun } from "./region-segmenter.ts";

/** Owner of a pixel that is near no track. */
const nobody = 255;

/** A rectangle of whole pixels, both ends included. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const farAway = 255;

/**
 * Which track each pixel around the regions belongs to: the nearest one, by chessboard distance, up to a margin of each
 * track's own. Exact by a forward and a backward pass over the rectangle around all tracks, whatever their number, so
 * each pixel is looked at for one track only and a frame costs at most one pass over the picture.
 */
export class RegionSurroundings {
  readonly #width: number;
  readonly #height: number;
  /** Both pictures carry a border of one pixel that is never nearest, which spares the passes their edge cases. */
  readonly #stride: number;
  readonly #owner: Uint8Array;
  readonly #distance: Uint8Array;
  readonly #pixels: Int32Array;
  readonly #ends = new Int32Array(regionDefinition.tracksMax);
  readonly #next = new Int32Array(regionDefinition.tracksMax);

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#width = size.width;
    this.#height = size.height;
    this.#stride = size.width + 2;
    const padded = this.#stride * (size.height + 2);
    this.#owner = new Uint8Array(padded).fill(nobody);
    this.#distance = new Uint8Array(padded).fill(farAway);
    this.#pixels = new Int32Array(size.width * size.height);
  }

  /** Forgets all tracks. */
  clear(): void {
    this.#owner.fill(nobody);
    this.#distance.fill(farAway);
    this.#ends.fill(0);
  }

  /** Pixels of a track's own region, within one row; where two tracks claim one the first keeps it. */
  claim(track: number, run: PixelRun): void {
    const start = this.#padded(run.from);
    for (let at = start; at < start + run.to - run.from; at += 1) {
      if (this.#distance[at] === 0) continue;
      this.#owner[at] = track;
      this.#distance[at] = 0;
    }
  }

  /** Spreads the claims over `box` (all claimed pixels and the widest margin) up to each track's margin. */
  spread(box: PixelBox, margins: Uint8Array, ignored: Uint8Array): void {
    const clipped = {
      left: Math.max(box.left, 0),
      top: Math.max(box.top, 0),
      right: Math.min(box.right, this.#width - 1),
      bottom: Math.min(box.bottom, this.#height - 1),
    };
    this.#passForward(clipped);
    this.#passBackward(clipped);
    this.#count(clipped, margins, ignored);
    this.#list(clipped, ignored);
  }

  /** Adds to `counts`, from `offset` on by track, for how many of a run's pixels each track is the nearest. */
  countOwners(run: PixelRun, counts: Int32Array, offset: number): void {
    const start = this.#padded(run.from);
    for (let at = start; at < start + run.to - run.from; at += 1) {
      const owner = this.#owner[at]!;
      if (owner !== nobody) counts[offset + owner] = counts[offset + owner]! + 1;
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
    const stride = this.#stride;
    for (let y = box.top; y <= box.bottom; y += 1) {
      const row = (y + 1) * stride + 1;
      for (let at = row + box.left; at <= row + box.right; at += 1) {
        this.#approach(at, at - 1);
        this.#approach(at, at - stride - 1);
        this.#approach(at, at - stride);
        this.#approach(at, at - stride + 1);
      }
    }
  }

  #passBackward(box: PixelBox): void {
    const stride = this.#stride;
    for (let y = box.bottom; y >= box.top; y -= 1) {
      const row = (y + 1) * stride + 1;
      for (let at = row + box.right; at >= row + box.left; at -= 1) {
        this.#approach(at, at + 1);
        this.#approach(at, at + stride + 1);
        this.#approach(at, at + stride);
        this.#approach(at, at + stride - 1);
      }
    }
  }

  #approach(at: number, neighbour: number): void {
    const distance = this.#distance[neighbour]! + 1;
    if (distance >= this.#distance[at]!) return;
    this.#distance[at] = distance;
    this.#owner[at] = this.#owner[neighbour]!;
  }

  #count(box: PixelBox, margins: Uint8Array, ignored: Uint8Array): void {
    this.#ends.fill(0);
    for (let y = box.top; y <= box.bottom; y += 1) {
      const row = (y + 1) * this.#stride + 1;
      for (let x = box.left; x <= box.right; x += 1) {
        const owner = this.#owner[row + x]!;
        if (owner === nobody) continue;
        if (this.#distance[row + x]! > margins[owner]!) this.#owner[row + x] = nobody;
        else if (ignored[y * this.#width + x] === 0) this.#ends[owner] = this.#ends[owner]! + 1;
      }
    }
    let end = 0;
    for (let track = 0; track < this.#ends.length; track += 1) {
      this.#next[track] = end;
      end += this.#ends[track]!;
      this.#ends[track] = end;
    }
  }

  #list(box: PixelBox, ignored: Uint8Array): void {
    for (let y = box.top; y <= box.bottom; y += 1) {
      const row = (y + 1) * this.#stride + 1;
      for (let x = box.left; x <= box.right; x += 1) {
        const owner = this.#owner[row + x]!;
        const pixel = y * this.#width + x;
        if (owner === nobody || ignored[pixel] !== 0) continue;
        this.#pixels[this.#next[owner]!] = pixel;
        this.#next[owner] = this.#next[owner]! + 1;
      }
    }
  }
}
