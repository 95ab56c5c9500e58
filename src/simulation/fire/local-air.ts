/** The air at one place of a room. */
export interface LocalAir {
  readonly celsius: number;
  readonly co2Ppm: number;
  readonly coPpm: number;
  /** Soot and other smoke particles. */
  readonly sootMilligramsPerCubicMetre: number;
  /** Water vapour in kilograms per cubic metre. */
  readonly vapour: number;
  /** Of the layer; 0.23 in fresh air. */
  readonly oxygenMassFraction: number;
}
