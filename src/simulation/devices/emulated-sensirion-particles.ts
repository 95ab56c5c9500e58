/** Particles in the air, as an optical counter sees them; each size counts everything smaller too. */
export interface SensirionParticles {
  /** Mass of particles up to 1, 2.5, 4 and 10 µm, in µg/m³. */
  readonly massMicrograms: readonly [pm1: number, pm2_5: number, pm4: number, pm10: number];
  /** Number of particles up to 0.5, 1, 2.5, 4 and 10 µm, in 1/cm³. */
  readonly perCubicCentimetre: readonly [
    pm0_5: number,
    pm1: number,
    pm2_5: number,
    pm4: number,
    pm10: number,
  ];
  readonly typicalSizeMicrometres: number;
}
