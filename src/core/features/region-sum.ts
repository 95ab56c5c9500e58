import type { RegionShape } from "./region-shape.ts";

/** A region while its runs are added up, row by row from the top; its fields are those of `RegionShape` so far. */
export class RegionSum {
  area = 0;
  excess = 0;
  sumX = 0;
  sumY = 0;
  severe = 0;
  newSevere = 0;
  peak = Number.NEGATIVE_INFINITY;
  peakX = 0;
  peakY = 0;
  left = Number.POSITIVE_INFINITY;
  right = Number.NEGATIVE_INFINITY;
  bottom = 0;
  readonly top: number;

  constructor(top: number) {
    this.top = top;
  }

  /** The finished region; called once all its runs are in. */
  shape(): RegionShape {
    return {
      area: this.area,
      excess: this.excess,
      centroidX: this.sumX / this.area,
      centroidY: this.sumY / this.area,
      peakCelsius: this.peak,
      peakX: this.peakX,
      peakY: this.peakY,
      severePixels: this.severe,
      newSeverePixels: this.newSevere,
      left: this.left,
      top: this.top,
      right: this.right,
      bottom: this.bottom,
    };
  }
}
