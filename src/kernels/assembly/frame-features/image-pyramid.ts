/** Makes a picture of half the size from one of `fineWidth`: the rounded mean of 2×2 pixels. */
export function halve(fine: usize, fineWidth: i32, coarse: usize, width: i32, height: i32): void {
  const two = i32x4.splat(2);
  const fineStride: usize = <usize>fineWidth << 1;
  for (let y = 0; y < height; y += 1) {
    const from = fine + 2 * <usize>y * fineStride;
    const to = coarse + (<usize>(y * width) << 1);
    for (let x = 0; x < width; x += 8) {
      const at = from + (<usize>x << 2);
      const upperLeft = i32x4.extadd_pairwise_i16x8_u(v128.load(at));
      const upperRight = i32x4.extadd_pairwise_i16x8_u(v128.load(at, 16));
      const lowerLeft = i32x4.extadd_pairwise_i16x8_u(v128.load(at + fineStride));
      const lowerRight = i32x4.extadd_pairwise_i16x8_u(v128.load(at + fineStride, 16));
      const left = i32x4.shr_u(i32x4.add(i32x4.add(upperLeft, lowerLeft), two), 2);
      const right = i32x4.shr_u(i32x4.add(i32x4.add(upperRight, lowerRight), two), 2);
      v128.store(to + (<usize>x << 1), i16x8.narrow_i32x4_u(left, right));
    }
  }
}
