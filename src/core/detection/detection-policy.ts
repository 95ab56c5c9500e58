/** Severe heat: the one rule that no filter time delays. */
export interface SevereHeatPolicy {
  /** Pixels at 140 °C or more and 30 K above commissioning (`newSeverePixels`) that a region must have. */
  readonly pixels: number;
  readonly seconds: number;
}

/** Fixed temperature: a new hot thing that stays where it is. */
export interface FixedTemperaturePolicy {
  readonly prealarmCelsius: number;
  readonly prealarmPixels: number;
  readonly prealarmSeconds: number;
  readonly alarmCelsius: number;
  readonly alarmPixels: number;
  readonly alarmSeconds: number;
  /** How far the hottest pixel must fall below the limit before the reason ends. */
  readonly hysteresisKelvin: number;
}

/** Rate of rise of a region's hottest pixel. */
export interface RateOfRisePolicy {
  readonly kelvinPerSecond: number;
  /** The rate counts only from this temperature on: below it people, taps and cups heat as fast. */
  readonly celsius: number;
  readonly pixels: number;
  /** Longer than `riseProofSeconds`, so that one step (a pan put down) is no rise. */
  readonly seconds: number;
  readonly hysteresisKelvin: number;
}

/** Growth of a region's area. */
export interface RegionGrowthPolicy {
  readonly alarmCelsius: number;
  readonly alarmPixelsPerSecond: number;
  readonly alarmPixels: number;
  readonly alarmSeconds: number;
  /** Time instead of `alarmSeconds` when the region flickers as flames do, or CO2 rises. */
  readonly confirmedSeconds: number;
  /** r_flicker or r_area_flicker from which a region flickers. */
  readonly flicker: number;
  readonly prealarmCelsius: number;
  readonly prealarmPixelsPerSecond: number;
  readonly prealarmSeconds: number;
  readonly hysteresisKelvin: number;
}

/** Something large that is hot all over, though not as hot as a flame: PREALARM. */
export interface LargeHeatPolicy {
  readonly celsius: number;
  readonly pixels: number;
  /** How far above its background the whole region is on average: a person with a hot cup is not hot all over. */
  readonly meanExcessKelvin: number;
  readonly seconds: number;
  readonly hysteresisKelvin: number;
}

/** What counts as staying in place: people and forklifts move, fires grow. */
export interface MotionPolicy {
  /** Displacement over 4 s that even the smallest resting region may show. */
  readonly restPixels: number;
  /** Further displacement for each pixel of the region's width (root of its area): a growing flame's centre climbs. */
  readonly restPerRootPixel: number;
  /** A region that grows counts as fixed while it covers this share of itself a second ago. */
  readonly growingOverlap: number;
}

/** CO2 rules; CO2 alone never raises FIRE. */
export interface Co2Policy {
  readonly risePpmPerSecond: number;
  readonly riseSeconds: number;
  /** Below this slope the rise is over. */
  readonly riseEndPpmPerSecond: number;
  /** Share of `risePpmPerSecond · riseSeconds` by which the reading itself must have risen: one breath is no rise. */
  readonly riseShare: number;
  readonly supervisoryPpm: number;
  readonly supervisoryEndPpm: number;
  readonly hazardPpm: number;
  readonly hazardEndPpm: number;
  /** For both levels: two readings of the sensor. */
  readonly levelSeconds: number;
  /** Slope from which CO2 makes thermal rules quicker. */
  readonly confidencePpmPerSecond: number;
  /** What is left of fixed-temperature times then. */
  readonly confidenceTimeFactor: number;
}

/** Every limit of the rules that need no model. Reasons and sources stand in docs/guides/alarms.md. */
export interface DetectionPolicy {
  readonly severeHeat: SevereHeatPolicy;
  readonly fixedTemperature: FixedTemperaturePolicy;
  readonly rateOfRise: RateOfRisePolicy;
  readonly regionGrowth: RegionGrowthPolicy;
  readonly largeHeat: LargeHeatPolicy;
  readonly motion: MotionPolicy;
  readonly co2: Co2Policy;
  /** How far a region's hottest pixel must be above what commissioning found there to be a new thing. */
  readonly newKelvin: number;
  /** Seconds a condition may miss in a row without starting again: flames pulse. */
  readonly gapSeconds: number;
}

/**
 * Defaults. Nothing that boils, warms a room or lies in the sun passes 100 °C (catalogue of nuisance heat: kettle and
 * cup 50–95, radiator 40–75, sun patch up to 25 K over the room, person 36); a Lepton reads ±5 °C there, so rules of
 * the hottest pixel begin at 105. EN 54-5 tests heat detectors up to 30 K/min and classes up to 160 °C.
 */
export const defaultDetectionPolicy: DetectionPolicy = {
  severeHeat: { pixels: 4, seconds: 5 },
  fixedTemperature: {
    prealarmCelsius: 105,
    prealarmPixels: 4,
    prealarmSeconds: 10,
    alarmCelsius: 120,
    alarmPixels: 12,
    alarmSeconds: 20,
    hysteresisKelvin: 10,
  },
  rateOfRise: { kelvinPerSecond: 2, celsius: 105, pixels: 4, seconds: 4, hysteresisKelvin: 10 },
  regionGrowth: {
    alarmCelsius: 100,
    alarmPixelsPerSecond: 1,
    alarmPixels: 6,
    alarmSeconds: 6,
    confirmedSeconds: 4,
    flicker: 0.04,
    prealarmCelsius: 80,
    prealarmPixelsPerSecond: 0.5,
    prealarmSeconds: 20,
    hysteresisKelvin: 10,
  },
  // A radiator (at most 75 °C, read as 80), the sun (room + 25) and steam (80) are cooler; a kettle (95 °C) covers 600
  // pixels only nearer than 1.5 m, and switches itself off within the two minutes.
  largeHeat: { celsius: 85, pixels: 600, meanExcessKelvin: 50, seconds: 120, hysteresisKelvin: 10 },
  motion: { restPixels: 3, restPerRootPixel: 0.35, growingOverlap: 0.3 },
  co2: {
    risePpmPerSecond: 10,
    riseSeconds: 30,
    riseEndPpmPerSecond: 5,
    riseShare: 0.5,
    supervisoryPpm: 5000,
    supervisoryEndPpm: 4500,
    hazardPpm: 30000,
    hazardEndPpm: 27000,
    levelSeconds: 10,
    confidencePpmPerSecond: 3,
    confidenceTimeFactor: 0.5,
  },
  newKelvin: 30,
  gapSeconds: 1,
};
