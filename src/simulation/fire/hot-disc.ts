import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { celsiusToRadiance } from "../scene/band-radiance.ts";
import type { Picture } from "../scene/picture.ts";
import type { PinholeCamera, Point, Projection } from "../scene/pinhole-camera.ts";
import { isVisibleRise } from "./flame-painting.ts";

/** A round hot place on a surface: embers, a pool, an overheated bearing. */
export interface HotDisc {
  readonly place: Point;
  /** Unit normal of its surface. */
  readonly facing: Point;
  readonly radiusMetres: number;
  /** Share of the radius out to which it is evenly hot; beyond, the excess falls to a tenth at the edge. */
  readonly evenShare: number;
  /** Excess over the air in the middle. */
  readonly excessKelvin: number;
  readonly ambientCelsius: number;
  readonly emissivity: number;
}

/** A disc seen more edge-on than this shows nothing. */
const leastFacing = 0.03;
/** Smaller discs are drawn this large, in pixels, and thinned in proportion. */
const leastRadiusPixels = 0.5;
const samplesAcross = 4;
const samplesPerSideMax = 4;
/** The excess falls to a tenth at the edge: exp(−2.3). */
const edgeFall = 2.3;

/** The disc as an ellipse in the picture. */
interface Ellipse {
  readonly middle: Projection;
  /** Direction of its short axis. */
  readonly shortX: number;
  readonly shortY: number;
  readonly shortRadius: number;
  readonly longRadius: number;
  /** Share by which it is thinned because it is drawn larger than it is. */
  readonly cover: number;
}

/** Draws a hot disc, mixed by the share of each pixel that it covers; gives how many points look visibly warmer. */
export function paintHotDisc(picture: Picture, camera: PinholeCamera, disc: HotDisc): number {
  const ellipse = ellipseOf(camera, disc);
  if (ellipse === null || disc.excessKelvin < 0.05) return 0;
  const { middle, shortX, shortY, shortRadius, longRadius } = ellipse;
  const reachX = Math.hypot(shortX * shortRadius, shortY * longRadius) + 0.5;
  const reachY = Math.hypot(shortY * shortRadius, shortX * longRadius) + 0.5;
  const left = Math.max(0, Math.ceil(middle.x - reachX));
  const right = Math.min(leptonWidth - 1, Math.floor(middle.x + reachX));
  const top = Math.max(0, Math.ceil(middle.y - reachY));
  const bottom = Math.min(leptonHeight - 1, Math.floor(middle.y + reachY));
  const evenRadiance = celsiusToRadiance(disc.ambientCelsius + disc.excessKelvin);
  const depth = middle.depth - disc.radiusMetres - 0.05;
  let visible = 0;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const index = y * leptonWidth + x;
      if (!picture.isInFront(index, depth)) continue;
      const behind = picture.radiance[index]!;
      const rise = riseAt(disc, ellipse, { x: x - middle.x, y: y - middle.y, behind, evenRadiance });
      picture.radiance[index] = behind + rise;
      if (isVisibleRise(behind, rise)) visible += 1;
    }
  return visible;
}

/** Rise in radiance of one pixel, the mean of its samples. */
function riseAt(
  disc: HotDisc,
  ellipse: Ellipse,
  at: {
    readonly x: number;
    readonly y: number;
    readonly behind: number;
    /** Radiance of the even part of the disc. */
    readonly evenRadiance: number;
  },
): number {
  const { shortX, shortY, shortRadius, longRadius } = ellipse;
  const perSide = Math.min(samplesPerSideMax, Math.max(1, Math.ceil(samplesAcross / shortRadius)));
  let rise = 0;
  for (let one = 0; one < perSide; one += 1)
    for (let two = 0; two < perSide; two += 1) {
      const dx = at.x - 0.5 + (one + 0.5) / perSide;
      const dy = at.y - 0.5 + (two + 0.5) / perSide;
      const alongShort = (dx * shortX + dy * shortY) / shortRadius;
      const alongLong = (dy * shortX - dx * shortY) / longRadius;
      const radius = Math.sqrt(alongShort * alongShort + alongLong * alongLong);
      if (radius >= 1) continue;
      if (radius <= disc.evenShare) {
        rise += at.evenRadiance - at.behind;
        continue;
      }
      const beyond = (radius - disc.evenShare) / (1 - disc.evenShare);
      const excess = disc.excessKelvin * Math.exp(-edgeFall * beyond * beyond);
      rise += celsiusToRadiance(disc.ambientCelsius + excess) - at.behind;
    }
  // What is behind is warm too: a disc never darkens what it lies on.
  return Math.max(0, (ellipse.cover * disc.emissivity * rise) / (perSide * perSide));
}

function ellipseOf(camera: PinholeCamera, disc: HotDisc): Ellipse | null {
  const { place, facing } = disc;
  const middle = camera.project(place);
  if (middle === null) return null;
  const toX = camera.position.x - place.x;
  const toY = camera.position.y - place.y;
  const toZ = camera.position.z - place.z;
  const distance = Math.hypot(toX, toY, toZ);
  const seen = (toX * facing.x + toY * facing.y + toZ * facing.z) / distance;
  if (seen < leastFacing) return null;
  const off = camera.project({
    x: place.x + 0.01 * facing.x,
    y: place.y + 0.01 * facing.y,
    z: place.z + 0.01 * facing.z,
  });
  const dx = (off?.x ?? middle.x) - middle.x;
  const dy = (off?.y ?? middle.y) - middle.y;
  const length = Math.hypot(dx, dy);
  const isTilted = length > 1e-6;
  const trueLong = disc.radiusMetres * middle.scale;
  const trueShort = trueLong * seen;
  const longRadius = Math.max(leastRadiusPixels, trueLong);
  const shortRadius = Math.max(leastRadiusPixels, trueShort);
  return {
    middle,
    shortX: isTilted ? dx / length : 1,
    shortY: isTilted ? dy / length : 0,
    shortRadius,
    longRadius,
    cover: (trueLong * trueShort) / (longRadius * shortRadius),
  };
}
