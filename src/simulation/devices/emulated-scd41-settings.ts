import type { SelfCalibrationSettings } from "./emulated-sensirion-calibration.ts";

/** Settings of an SCD41 that `persist_settings` keeps; words as they stand on the bus. */
export interface Scd41Settings extends SelfCalibrationSettings {
  /** Ticks of 175 K over the whole word. */
  readonly temperatureOffsetTicks: number;
  readonly altitudeMetres: number;
}

/** As the factory leaves it (SCD4x data sheet): 4 °C, sea level, self-calibration on towards 400 ppm. */
export const scd41FactorySettings: Scd41Settings = {
  temperatureOffsetTicks: 0x05da,
  altitudeMetres: 0,
  selfCalibration: 1,
  selfCalibrationTargetPpm: 400,
  selfCalibrationInitialHours: 44,
  selfCalibrationStandardHours: 156,
};

const altitudeMaxMetres = 3_000;
const selfCalibrationStepHours = 4;

/** True when the chip takes the value; it ignores any other and says nothing. */
export function scd41Takes(name: keyof Scd41Settings, value: number): boolean {
  switch (name) {
    case "altitudeMetres":
      return value <= altitudeMaxMetres;
    case "selfCalibration":
      return value <= 1;
    case "selfCalibrationInitialHours":
    case "selfCalibrationStandardHours":
      return value % selfCalibrationStepHours === 0;
    case "temperatureOffsetTicks":
    case "selfCalibrationTargetPpm":
      return true;
  }
}
