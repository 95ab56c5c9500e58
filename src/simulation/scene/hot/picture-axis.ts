import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { PinholeCamera, Point, Projection } from "../pinhole-camera.ts";
import { sumOf } from "./hot-patch.ts";

/** The middle line of something long and soft, as it appears: a jet, a small flame, a column of steam. */
export interface PictureAxis {
  readonly foot: Projection;
  /** Unit vector along it, in pixels. */
  readonly alongX: number;
  readonly alongY: number;
  /** Pixels per metre along it: fewer than across where it points towards the camera. */
  readonly alongScale: number;
}

/** Something pointing straight at the lens still has this much of its length. */
const leastForeshortening = 0.15;

/** How a line of a length in metres appears; null when an end of it is behind the lens. */
export function projectAxis(
  camera: PinholeCamera,
  line: { readonly foot: Point; readonly direction: Point; readonly metres: number },
): PictureAxis | null {
  const { direction, metres } = line;
  const foot = camera.project(line.foot);
  const tip = camera.project(
    sumOf(line.foot, { x: direction.x * metres, y: direction.y * metres, z: direction.z * metres }),
  );
  if (foot === null || tip === null || metres <= 0) return null;
  const pixels = Math.hypot(tip.x - foot.x, tip.y - foot.y);
  if (pixels < leastForeshortening * foot.scale * metres)
    return { foot, alongX: 0, alongY: -1, alongScale: leastForeshortening * foot.scale };
  return {
    foot,
    alongX: (tip.x - foot.x) / pixels,
    alongY: (tip.y - foot.y) / pixels,
    alongScale: pixels / metres,
  };
}

/**
 * Calls for each pixel around the line with its index, how far along the line and how far beside it it lies, in metres.
 * Called for are the pixels of the box around the first `ahead` metres of the line and `beside` metres to each side.
 */
export function visitAlong(
  axis: PictureAxis,
  reach: { readonly ahead: number; readonly beside: number },
  visit: (index: number, along: number, beside: number) => void,
): void {
  const { foot, alongX, alongY, alongScale } = axis;
  const side = reach.beside * foot.scale + 0.5;
  const ahead = reach.ahead * alongScale;
  const sideX = Math.abs(alongY) * side;
  const sideY = Math.abs(alongX) * side;
  const left = Math.max(0, Math.ceil(foot.x + Math.min(0, ahead * alongX) - sideX - 0.5));
  const right = Math.min(leptonWidth - 1, Math.floor(foot.x + Math.max(0, ahead * alongX) + sideX + 0.5));
  const top = Math.max(0, Math.ceil(foot.y + Math.min(0, ahead * alongY) - sideY - 0.5));
  const bottom = Math.min(leptonHeight - 1, Math.floor(foot.y + Math.max(0, ahead * alongY) + sideY + 0.5));
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const dx = x - foot.x;
      const dy = y - foot.y;
      const along = (dx * alongX + dy * alongY) / alongScale;
      const beside = (dx * alongY - dy * alongX) / foot.scale;
      visit(y * leptonWidth + x, along, beside);
    }
}
