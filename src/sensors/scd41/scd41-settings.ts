import { badInput } from "#core/failure.ts";

/**
 * How the SCD41 measures: "periodic" every 5 s (the only mode fast enough for fire), "low-power-periodic" every 30 s,
 * "single-shot" on demand.
 */
export type Scd41Mode = "periodic" | "low-power-periodic" | "single-shot";

/** What the owner of an SCD41 wants of it. Null leaves a setting as the chip has it. */
export interface Scd41Settings {
  readonly mode: Scd41Mode;
  /** Time between single shots, 5 s at least; of no effect in the other modes. */
  readonly singleShotSeconds: number;
  /** How much warmer the chip is than the air, 0 to 20 K; the chip's default is 4. It does not touch CO2. */
  readonly temperatureOffsetKelvin: number | null;
  /** 0 to 3,000 m; without effect once an ambient pressure is set. */
  readonly altitudeMetres: number | null;
  /** 700 to 1,200 hPa. */
  readonly ambientPressureHpa: number | null;
}

/** Periodic measurement, everything else as the chip has it. Self-calibration is no setting: it is always off. */
export const defaultScd41Settings: Scd41Settings = {
  mode: "periodic",
  singleShotSeconds: 60,
  temperatureOffsetKelvin: null,
  altitudeMetres: null,
  ambientPressureHpa: null,
};

const ranges = {
  singleShotSeconds: { min: 5, max: 3_600, unit: "s" },
  temperatureOffsetKelvin: { min: 0, max: 20, unit: "K" },
  altitudeMetres: { min: 0, max: 3_000, unit: "m" },
  ambientPressureHpa: { min: 700, max: 1_200, unit: "hPa" },
} as const;

/** Time between two readings in a mode. */
export function scd41PeriodSeconds(settings: Scd41Settings): number {
  if (settings.mode === "single-shot") return settings.singleShotSeconds;
  return settings.mode === "periodic" ? 5 : 30;
}

/** Throws badInput "scd41-setting" when a setting is outside what the chip takes. */
export function checkScd41Settings(settings: Scd41Settings): void {
  for (const name of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = settings[name];
    const { min, max, unit } = ranges[name];
    if (value !== null && !(value >= min && value <= max))
      throw badInput(
        "scd41-setting",
        `The SCD41's ${name} is ${value} ${unit}: give a number from ${min} to ${max} ${unit}.`,
      );
  }
}
