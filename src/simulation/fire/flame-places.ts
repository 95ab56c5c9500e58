import type { Point } from "../scene/pinhole-camera.ts";

/** Enough for half shadows without steps that show. */
const placesCount = 7;
/** What radiates is this wide and high to each side of its middle, as shares of the middle's height over the base (assumed). */
const halfWidthShare = 0.4;
const halfHeightShare = 0.7;
/** The golden angle in radians, and a step through the heights: no two places lie in line from anywhere for long. */
const goldenAngle = 2.399963;
const heightStep = 3;

/** Places evenly spread over the part of a flame that radiates: an upright cylinder about its middle, in metres. */
export function flamePlaces(middle: Point, middleAboveBaseMetres: number): readonly Point[] {
  const halfWidth = halfWidthShare * middleAboveBaseMetres;
  const halfHeight = halfHeightShare * middleAboveBaseMetres;
  return Array.from({ length: placesCount }, (_, i) => {
    const radius = halfWidth * Math.sqrt((i + 0.5) / placesCount);
    const up = (2 * (((i * heightStep) % placesCount) + 0.5)) / placesCount - 1;
    return {
      x: middle.x + radius * Math.cos(i * goldenAngle),
      y: middle.y + up * halfHeight,
      z: middle.z + radius * Math.sin(i * goldenAngle),
    };
  });
}
