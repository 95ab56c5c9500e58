import { badInput } from "../failure.ts";

/** A place in the picture, in pixels from the top left; whole numbers lie between pixels, the first pixel's middle is 0.5. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** A closed polygon in the picture; the last corner joins the first. A rectangle has four corners. */
export type Outline = readonly PicturePoint[];

/** Corners an outline has at least, and at most: more are no longer drawn by hand. */
export const outlineCorners = { min: 3, max: 64 } as const;

/** The outline of a rectangle whose sides lie between pixels. */
export function rectangleOutline(rectangle: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): Outline {
  const { left, top, width, height } = rectangle;
  return [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
}

/** Whether a place lies within an outline: a ray to the right crosses it an odd number of times (even-odd rule). */
export function isWithin(outline: Outline, { x, y }: PicturePoint): boolean {
  let inside = false;
  for (let k = 0; k < outline.length; k += 1) {
    const from = outline[k]!;
    const to = outline[(k + 1) % outline.length]!;
    if (from.y > y === to.y > y) continue;
    if (x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)) inside = !inside;
  }
  return inside;
}

/** The pixels whose middles lie within an outline, one byte a pixel, 1 = within. */
export function rasterize(
  outline: Outline,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  const map = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (isWithin(outline, { x: x + 0.5, y: y + 0.5 })) map[y * width + x] = 1;
  return map;
}

/** Whether an outline holds the middle of any pixel of a picture: else it lies outside of it, or has no area. */
export function coversPixel(
  outline: Outline,
  size: { readonly width: number; readonly height: number },
): boolean {
  return rasterize(outline, size).includes(1);
}

/** Throws badInput "outline" for an outline that covers no pixel of the picture. `name` says whose it is. */
export function checkOutline(
  outline: Outline,
  { name, width, height }: { readonly name: string; readonly width: number; readonly height: number },
): void {
  const { min, max } = outlineCorners;
  if (outline.length < min || outline.length > max)
    throw badInput("outline", `${name}: an outline has ${min} to ${max} corners, not ${outline.length}.`);
  if (!outline.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
    throw badInput("outline", `${name}: every corner has a number of pixels for x and y.`);
  if (!coversPixel(outline, { width, height }))
    throw badInput(
      "outline",
      `${name}: the outline covers no pixel of the ${width} × ${height} picture. Draw it within, around an area.`,
    );
}
