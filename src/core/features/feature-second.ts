/** A tracked hot region as it stood when a second closed. */
export interface RegionObservation {
  /** Stays the same for as long as the region is tracked. */
  readonly trackId: number;
  /** The region features in the order of `regionFeatureNames`; absent values are NaN. */
  readonly features: Float64Array;
  /** Pixels of the region at 140 °C or more in the second's median picture: a spark of one frame is not severe heat. */
  readonly severePixels: number;
  /**
   * Those of the severe pixels that are at least 30 K above what commissioning found there: 0 for a stove that was as
   * hot when the device was commissioned, all of them for a new fire.
   */
  readonly newSeverePixels: number;
  /** Background at the hottest pixel, °C. */
  readonly backgroundCelsius: number;
  /** What commissioning found at the hottest pixel, °C, however hot it was: what is as hot now is nothing new. */
  readonly commissionedCelsius: number;
  readonly centroidX: number;
  readonly centroidY: number;
  /** Hottest pixel of the region. */
  readonly peakX: number;
  readonly peakY: number;
  /** Smallest rectangle of whole pixels around the region, both ends included. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** Heat that commissioning took for usual. */
export interface CommissionedHeat {
  /** The hottest of its pixels, and what commissioning found there. */
  readonly x: number;
  readonly y: number;
  readonly celsius: number;
  /** How many pixels were so hot. */
  readonly pixels: number;
}

/** The CO2 channel as it stood when a second closed; NaN where absent. */
export interface AirFeatures {
  readonly co2Ppm: number;
  /** Change over 60 s. */
  readonly co2DeltaPpm: number;
  /** Least-squares slope over 120 s. */
  readonly co2SlopePpmPerSecond: number;
}

/** Everything the extractor knows when one second of capture time closes. */
export interface FeatureSecond {
  /** The whole second that closed (its end), in microseconds since the Unix epoch. */
  readonly atMicros: number;
  /**
   * The 18 features in the order of `wholePictureFeatureNames`, absent values NaN; null when no frame was valid, and
   * when `watchedPixels` is 0, because a camera that may look at nothing has not seen that nothing burns.
   */
  readonly vector: Float64Array | null;
  /** The up to four regions a model and people are shown; empty when no frame was valid. */
  readonly regions: readonly RegionObservation[];
  /**
   * Every region followed and seen in this second, up to sixteen, those of `regions` (the same objects) first: the rules
   * judge them all, because a crowd may fill the four places.
   */
  readonly tracked: readonly RegionObservation[];
  /**
   * Regions of at least 140 °C that lie under the operator's masks, wholly or in part, up to sixteen: a mask hides no
   * severe heat. They have only pixels at 140 °C or more and track numbers of their own; their flicker is absent. Empty
   * without masks and when no frame was valid; looked for also when `vector` is null because everything is masked.
   */
  readonly severeMasked: readonly RegionObservation[];
  /** Pixels that the features are taken over: neither masked nor bad without a good neighbour. */
  readonly watchedPixels: number;
  /**
   * What commissioning took for usual although it was hot, for as long as that is so: 105 °C or more in sight, 140 °C or
   * more under a mask. Null when there is no such pixel, before commissioning is complete, and without a valid frame.
   */
  readonly commissionedHot: CommissionedHeat | null;
  readonly air: AirFeatures;
  readonly validFrames: number;
  /** Frames of the second that were not valid: FFC, settling after it, raw counts, wrong size, out of order. */
  readonly rejectedFrames: number;
  /** Most pixels of any frame at or above 140 °C in high gain: they mean "at least this hot". */
  readonly saturatedPixels: number;
  /** Hottest unmasked, good pixel of the second's median picture; null when no frame was valid. */
  readonly hottest: { readonly x: number; readonly y: number; readonly celsius: number } | null;
}
