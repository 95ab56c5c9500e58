import { badInput } from "#core/failure.ts";
import { defaultLeptonSettings, type LeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import {
  defaultPureThermalSettings,
  type PureThermalSettings,
} from "#sensors/purethermal/purethermal-settings.ts";
import { defaultScd41Settings, type Scd41Settings } from "#sensors/scd41/scd41-settings.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import { choiceOption, numberOption } from "./parse-arguments.ts";

/** Options of `up` that say how its sensors are set. */
export const sensorSettingOptions: Readonly<Record<string, OptionSpec>> = {
  "camera-gain": {
    value: "high|low|auto",
    help: "a lepton's range: to 140 °C (default), to 400 °C, its own choice",
  },
  "camera-ffc": {
    value: "auto|manual",
    help: "who starts a lepton's correction: itself (default) or the driver",
  },
  "camera-telemetry": {
    value: "with|without",
    help: "whether a purethermal's pictures have rows of telemetry (default with; without: 160x120)",
  },
  "camera-unit": {
    value: "centikelvin|raw-counts",
    help: "with --camera-telemetry without, which cannot say it: what a pixel means",
  },
  "co2-mode": {
    value: "MODE",
    help: "periodic (5 s, default), low-power-periodic (30 s) or single-shot (60 s); only the first is fit for fire",
  },
  altitude: { value: "METRES", help: "of the scd41, 0 to 3000: thin air reads low without it" },
  pressure: { value: "HPA", help: "air pressure for the scd41, 700 to 1200; goes before --altitude" },
  "temperature-offset": { value: "KELVIN", help: "how much warmer the scd41 is than the air, 0 to 20" },
};

/** How the user wants a Lepton on SPI. Throws `Failure` ("usage") for a word that is none of the choices. */
export function leptonSettings(invocation: Invocation): LeptonSettings {
  return {
    gainMode:
      choiceOption(invocation, "camera-gain", ["high", "low", "auto"]) ?? defaultLeptonSettings.gainMode,
    ffcMode: choiceOption(invocation, "camera-ffc", ["auto", "manual"]) ?? defaultLeptonSettings.ffcMode,
  };
}

/**
 * What a PureThermal sends. Throws `Failure` ("usage"): without telemetry the user has to say what a pixel means, and
 * with it the pictures do.
 */
export function pureThermalSettings(invocation: Invocation): PureThermalSettings {
  const telemetry = choiceOption(invocation, "camera-telemetry", ["with", "without"]) ?? "with";
  const unit = choiceOption(invocation, "camera-unit", ["centikelvin", "raw-counts"]);
  if (telemetry === "with" && unit !== null) {
    throw badInput("usage", "--camera-unit belongs to --camera-telemetry without: telemetry says the unit.");
  }
  if (telemetry === "with") return defaultPureThermalSettings;
  if (unit !== null) return { telemetry, unit };
  throw badInput(
    "usage",
    "Without telemetry pictures do not say what a pixel means: add --camera-unit centikelvin (TLinear is on) or raw-counts.",
  );
}

/** How the user wants an SCD41; what is not named stays as the chip has it. Throws `Failure` ("usage"). */
export function scd41Settings(invocation: Invocation): Scd41Settings {
  const mode = choiceOption(invocation, "co2-mode", ["periodic", "low-power-periodic", "single-shot"]);
  const number = (name: string, limits: { readonly min: number; readonly max: number }): number | null =>
    numberOption(invocation, name, { ...limits, kind: "any", default: null });
  return {
    ...defaultScd41Settings,
    mode: mode ?? defaultScd41Settings.mode,
    altitudeMetres: number("altitude", { min: 0, max: 3_000 }),
    ambientPressureHpa: number("pressure", { min: 700, max: 1_200 }),
    temperatureOffsetKelvin: number("temperature-offset", { min: 0, max: 20 }),
  };
}
