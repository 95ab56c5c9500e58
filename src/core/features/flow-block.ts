/** Pixels of a block of optical flow, as far as both pictures and their neighbours have them: from `left` to before `right`. */
export interface FlowBlock {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** From a pixel of the newer picture to its partner in the older. */
  shiftX: number;
  shiftY: number;
  /**
   * Change of the frame median, in centikelvin: the camera's own offset step, which is no movement. A multiple of one
   * half, so that all sums are exact, whatever their order.
   */
  offset: number;
}

/** Sums over a block: the fourfold mean gradient of both pictures (x, y) times itself and times their difference (t). */
export interface FlowSums {
  xx: number;
  xy: number;
  yy: number;
  xt: number;
  yt: number;
  /** Pixels that count. */
  count: number;
}

/** Two pictures of one pyramid level, and where a gradient can be formed. */
export interface FlowPictures {
  readonly width: number;
  readonly current: Uint16Array;
  readonly previous: Uint16Array;
  /** 1 where a pixel and its four neighbours count; null when all do. */
  readonly usable: Uint8Array | null;
}

/** Sums one block. */
export function sumFlowBlock(pictures: FlowPictures, block: FlowBlock, sums: FlowSums): void {
  const { width, current, previous, usable } = pictures;
  const { left, right, top, bottom, offset } = block;
  const shift = block.shiftY * width + block.shiftX;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  let xt = 0;
  let yt = 0;
  let count = 0;
  for (let y = top; y < bottom; y += 1) {
    let i = y * width + left;
    let j = i + shift;
    let west = current[i - 1]! + previous[j - 1]!;
    let here = current[i]!;
    let there = previous[j]!;
    for (let x = left; x < right; x += 1, i += 1, j += 1) {
      const nextHere = current[i + 1]!;
      const nextThere = previous[j + 1]!;
      const dx = nextHere + nextThere - west;
      const dt = there - here + offset;
      west = here + there;
      here = nextHere;
      there = nextThere;
      if (usable !== null && (usable[i] === 0 || usable[j] === 0)) continue;
      const dy = current[i + width]! - current[i - width]! + previous[j + width]! - previous[j - width]!;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
      xt += dx * dt;
      yt += dy * dt;
      count += 1;
    }
  }
  sums.xx = xx;
  sums.xy = xy;
  sums.yy = yy;
  sums.xt = xt;
  sums.yt = yt;
  sums.count = count;
}
