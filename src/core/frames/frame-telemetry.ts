/** State of the flat-field correction (FFC, the camera's shutter calibration), from status bits 5:4. */
export type FfcState = "never" | "imminent" | "in-progress" | "complete";

/** The camera's measuring range: `high` gain is specified to 140 °C, `low` gain to 400 °C. */
export type GainMode = "high" | "low";

/**
 * What a Lepton says about itself with each frame (Lepton engineering data sheet, telemetry rows A to C). A field is
 * null where the source does not store it; null never means zero.
 */
export interface FrameTelemetry {
  readonly uptimeMs: number | null;
  readonly ffcState: FfcState | null;
  readonly ffcDesired: boolean | null;
  /** Camera uptime at the last FFC: a change is proof that one took place. */
  readonly lastFfcUptimeMs: number | null;
  readonly agcEnabled: boolean | null;
  readonly shutterLockout: boolean | null;
  /** The camera will switch itself off within 10 s. */
  readonly overTemperature: boolean | null;
  readonly fpaTemperatureKelvin: number | null;
  readonly fpaTemperatureAtLastFfcKelvin: number | null;
  readonly housingTemperatureKelvin: number | null;
  readonly effectiveGain: GainMode | null;
  readonly tLinearEnabled: boolean | null;
  readonly tLinearResolutionKelvin: 0.01 | 0.1 | null;
  readonly serialNumber: string | null;
  /** Rows A, B and C as they came, 240 words, kept so that a recording loses nothing. */
  readonly words: Uint16Array | null;
}
