// The blur of an emulated camera's lens, two pixels at a time. The definitions are src/simulation/scene/lens-blur.ts and
// lens-view.ts; results are equal to the last bit, because every number is worked out in 64 bits by the same steps and
// rounded to 32 where the definition keeps it. Spans may be a little wider than the definition's: what is blurred there
// is what stands still, and comes out as it was.
// Memory belongs to the host. Rows have a multiple of four pixels, eight or more, and a picture five rows or more.

const reach: i32 = 2;
/** Left end of the span of a row in which nothing has been drawn. */
const nothing: i32 = 0x7fff;

// @ts-ignore: decorator
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function smaller(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

// @ts-ignore: decorator
@inline
function larger(a: i32, b: i32): i32 {
  return a > b ? a : b;
}

/** A pixel of a row, which repeats its last one beyond its ends. */
// @ts-ignore: decorator
@inline
function within(row: usize, x: i32, width: i32): f64 {
  return <f64>load<f32>(row + (<usize>larger(0, smaller(width - 1, x)) << 2));
}

// @ts-ignore: decorator
@inline
function blurAtEnd(from: usize, to: usize, x: i32, width: i32, centre: f64, near: f64, far: f64): void {
  const beside = within(from, x - 1, width) + within(from, x + 1, width);
  const beyond = within(from, x - 2, width) + within(from, x + 2, width);
  store<f32>(to + (<usize>x << 2), <f32>(centre * within(from, x, width) + near * beside + far * beyond));
}

/** Two pixels, of which `near1` and `near2` are the neighbours' addresses, `far1` and `far2` those of the ones beyond. */
// @ts-ignore: decorator
@inline
function blurTwo(
  at: usize,
  near1: usize,
  near2: usize,
  far1: usize,
  far2: usize,
  centre: v128,
  near: v128,
  far: v128,
): v128 {
  const beside = f64x2.add(two(near1), two(near2));
  const beyond = f64x2.add(two(far1), two(far2));
  const blurred = f64x2.add(f64x2.mul(centre, two(at)), f64x2.mul(near, beside));
  return f32x4.demote_f64x2_zero(f64x2.add(blurred, f64x2.mul(far, beyond)));
}

/** Blurs a row sideways from an even pixel `left` to before an even one `right`. */
// @ts-ignore: decorator
@inline
function alongRow(
  from: usize,
  to: usize,
  width: i32,
  left: i32,
  right: i32,
  centre: f64,
  near: f64,
  far: f64,
): void {
  if (left < reach) {
    blurAtEnd(from, to, 0, width, centre, near, far);
    blurAtEnd(from, to, 1, width, centre, near, far);
  }
  if (right > width - reach) {
    blurAtEnd(from, to, width - 2, width, centre, near, far);
    blurAtEnd(from, to, width - 1, width, centre, near, far);
  }
  const centreTwice = f64x2.splat(centre);
  const nearTwice = f64x2.splat(near);
  const farTwice = f64x2.splat(far);
  const end = <usize>smaller(right, width - reach) << 2;
  for (let x = <usize>larger(left, reach) << 2; x < end; x += 8) {
    const at = from + x;
    const blurred = blurTwo(at, at - 4, at + 4, at - 8, at + 8, centreTwice, nearTwice, farTwice);
    v128.store64_lane(to + x, blurred, 0);
  }
}

/** Blurs a part of row `y` upwards and downwards, between even pixels. */
// @ts-ignore: decorator
@inline
function alongColumns(
  from: usize,
  to: usize,
  width: i32,
  height: i32,
  y: i32,
  left: i32,
  right: i32,
  centre: f64,
  near: f64,
  far: f64,
): void {
  const rowBytes: usize = <usize>width << 2;
  const row = <usize>y * rowBytes;
  const up1 = from + <usize>larger(0, y - 1) * rowBytes;
  const up2 = from + <usize>larger(0, y - 2) * rowBytes;
  const down1 = from + <usize>smaller(height - 1, y + 1) * rowBytes;
  const down2 = from + <usize>smaller(height - 1, y + 2) * rowBytes;
  const centreTwice = f64x2.splat(centre);
  const nearTwice = f64x2.splat(near);
  const farTwice = f64x2.splat(far);
  const end = <usize>right << 2;
  for (let x = <usize>left << 2; x < end; x += 8) {
    const blurred = blurTwo(
      from + row + x,
      up1 + x,
      down1 + x,
      up2 + x,
      down2 + x,
      centreTwice,
      nearTwice,
      farTwice,
    );
    v128.store64_lane(to + row + x, blurred, 0);
  }
}

/** Blurs a whole picture: sideways into `rows`, and from there both ways into `seen`. */
export function blurWhole(
  sharp: usize,
  rows: usize,
  seen: usize,
  width: i32,
  height: i32,
  centre: f64,
  near: f64,
  far: f64,
): void {
  const rowBytes: usize = <usize>width << 2;
  for (let y = 0; y < height; y += 1) {
    const row = <usize>y * rowBytes;
    alongRow(sharp + row, rows + row, width, 0, width, centre, near, far);
  }
  for (let y = 0; y < height; y += 1)
    alongColumns(rows, seen, width, height, y, 0, width, centre, near, far);
}

/** The first byte, in steps of four pixels, at which two rows differ; `rowBytes` where they are the same. */
// @ts-ignore: decorator
@inline
function firstDifference(one: usize, other: usize, rowBytes: usize): usize {
  let x: usize = 0;
  while (x < rowBytes && !v128.any_true(f32x4.ne(v128.load(one + x), v128.load(other + x)))) x += 16;
  return x;
}

/** The byte behind the last four pixels in which two rows differ that do. */
// @ts-ignore: decorator
@inline
function endOfDifference(one: usize, other: usize, rowBytes: usize): usize {
  let x = rowBytes - 16;
  while (!v128.any_true(f32x4.ne(v128.load(one + x), v128.load(other + x)))) x -= 16;
  return x + 16;
}

/**
 * Does `LensView.look`. `lefts` and `rights` are 16-bit spans of the picture before, ends outside; `rows` is its blur
 * sideways.
 */
export function look(
  sharp: usize,
  still: usize,
  stillRows: usize,
  stillSeen: usize,
  rows: usize,
  seen: usize,
  lefts: usize,
  rights: usize,
  width: i32,
  height: i32,
  centre: f64,
  near: f64,
  far: f64,
): void {
  const rowBytes: usize = <usize>width << 2;
  for (let y = 0; y < height; y += 1) {
    const row = <usize>y * rowBytes;
    const span = <usize>y << 1;
    if (load<u16>(rights + span) > 0) memory.copy(rows + row, stillRows + row, rowBytes);
    const first = firstDifference(sharp + row, still + row, rowBytes);
    if (first === rowBytes) {
      store<u16>(lefts + span, <u16>nothing);
      store<u16>(rights + span, 0);
      continue;
    }
    const end = endOfDifference(sharp + row, still + row, rowBytes);
    const left = larger(0, <i32>(first >> 2) - reach);
    const right = smaller(width, <i32>(end >> 2) + reach);
    alongRow(sharp + row, rows + row, width, left, right, centre, near, far);
    store<u16>(lefts + span, <u16>left);
    store<u16>(rights + span, <u16>right);
  }
  memory.copy(seen, stillSeen, rowBytes * <usize>height);
  for (let y = 0; y < height; y += 1) {
    let left = nothing;
    let right: i32 = 0;
    const last = smaller(height - 1, y + reach);
    for (let k = larger(0, y - reach); k <= last; k += 1) {
      left = smaller(left, <i32>load<u16>(lefts + (<usize>k << 1)));
      right = larger(right, <i32>load<u16>(rights + (<usize>k << 1)));
    }
    if (left < right) alongColumns(rows, seen, width, height, y, left, right, centre, near, far);
  }
}
