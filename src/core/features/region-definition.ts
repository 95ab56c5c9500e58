/**
 * The constants of the region part of schema `lepton15-scd3-region13/1`. They belong to the schema: changing one
 * makes a new schema id. The reasons stand in docs/guides/features-regions.md.
 */
export const regionDefinition = {
  /** A pixel is hot when its second median is this far above its background … */
  hotExcessKelvin: 8,
  /** … or when its maximum of the second is this far above it. */
  burstExcessKelvin: 15,
  /** Severe heat, the end of the Lepton's specified high-gain range (data sheet 18-0541). */
  severeCelsius: 140,
  /** A severe pixel is new when it is this far above what commissioning found there. */
  newHeatKelvin: 30,

  /** The background rises no faster than 1.2 K/min … */
  followKelvinPerSecond: 1.2 / 60,
  /** … and never above the commissioned value plus this. */
  followCeilingKelvin: 20,
  /** The background falls towards a colder picture with this time constant. */
  fallTimeConstantSeconds: 30,
  /** A gap teaches the background no more than this many seconds would. */
  followStepSecondsMax: 2,
  /** Commissioning takes the lowest second median of this many valid seconds. */
  commissioningSeconds: 10,
  /** Nothing hotter than this is accepted as background, so that a pixel of 88 °C is always part of a region. */
  acceptedCelsiusMax: 60,

  /** Longest window of r_area_vel and r_peak_vel. */
  slopeSeconds: 12,
  /** Longest window of r_excess_vel. */
  excessSlopeSeconds: 120,
  /** A track younger than this has no slopes. */
  slopeSecondsMin: 3,
  /** Share of the expected samples, and of the window, that a slope or a flicker must cover. */
  coverageMin: 0.6,
  /** r_move and r_rise look back this far. */
  displacementSeconds: 4,
  /** A lagged value may be this much older than its lag: 1.5 periods of a second. */
  lagToleranceSeconds: 1.5,
  /** Regions are chosen by their growth over this time. */
  growthSeconds: 30,
  /** Window of r_flicker and r_area_flicker. */
  flickerSeconds: 4,
  /** Lower edge of the flicker band; the upper one is half the frame rate, 4.35 Hz. */
  flickerLowHertz: 1,
  /** Unique frames a second of a Lepton 3.5. */
  frameHertz: 8.7,

  /** Regions reported for their excess heat. */
  reportedByExcess: 2,
  /** Further regions reported for their growth. */
  reportedByGrowth: 2,
  /** Regions followed at a time, reported or not; above it those go that rank last by excess and by growth. */
  tracksMax: 16,
  /** Regions of one second that are looked at; above it those with the least excess heat are left out. */
  componentsMax: 256,
  /** A track that was not seen for longer has ended. Longer than an FFC with its settling. */
  unseenSecondsMax: 6,
  /** Frames are looked at, and lost neighbours found, this far around a region at rest … */
  marginPixels: 3,
  /** … and at most this far around a moving one. */
  marginPixelsMax: 12,
  /** Seconds of history of a track; older ones are overwritten. Covers the longest window with room to spare. */
  secondSamplesMax: 128,
  /** Frames of history of a track; older ones are overwritten. Covers 4 s at up to 16 frames a second. */
  frameSamplesMax: 64,
} as const;
