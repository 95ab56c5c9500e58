/** One hot region of one second. */
export interface RegionShape {
  /** Pixels. */
  readonly area: number;
  /** Sum over its pixels of second median − background, K·pixel; a pixel hot only in its maximum counts at least 0. */
  readonly excess: number;
  /** Unweighted mean of its pixels' positions. */
  readonly centroidX: number;
  readonly centroidY: number;
  /** Hottest second-median pixel, °C, and where it is (the first in reading order among equals). */
  readonly peakCelsius: number;
  readonly peakX: number;
  readonly peakY: number;
  /** Pixels at 140 °C or more in the second median, and those of them that are new heat. */
  readonly severePixels: number;
  readonly newSeverePixels: number;
  /** Smallest rectangle around it, both ends included. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
