import type { SensirionCommand } from "../sensirion/command.ts";
import type { SensirionChip } from "../sensirion/sensirion-chip.ts";
import { kelvinToTicks } from "../sensirion/ticks.ts";
import { scd41Commands as commands } from "./scd41-commands.ts";
import type { Scd41Settings } from "./scd41-settings.ts";

/** What the chip was found to be set to, and what became of it. */
export interface Scd41ConfigurationResult {
  /** Automatic self-calibration: "was-off" already, "switched-off" now, or "stays-on" because the chip refuses. */
  readonly selfCalibration: "was-off" | "switched-off" | "stays-on";
  /** Some setting differed from what is wanted, and the chip has taken it. */
  readonly changed: boolean;
  /** Names of settings that the chip does not keep. */
  readonly refused: readonly string[];
}

interface WantedWord {
  readonly name: string;
  readonly get: SensirionCommand;
  readonly set: SensirionCommand;
  readonly word: number;
}

/**
 * Brings the settings that the chip remembers to what is wanted, while it is idle. Automatic self-calibration is always
 * switched off: it takes the lowest CO2 of a week for fresh air, which in a room that is always occupied, or one that
 * smoulders, teaches the chip to overlook CO2. Every changed setting is read back. Nothing is written that is right
 * already, and nothing goes to the EEPROM here. Throws what `send` throws.
 */
export async function configureScd41(
  chip: SensirionChip,
  settings: Scd41Settings,
): Promise<Scd41ConfigurationResult> {
  const selfCalibration = { set: commands.setAscEnabled, get: commands.getAscEnabled };
  const outcome = await settle(chip, { name: "self-calibration off", ...selfCalibration, word: 0 });
  const others = new Map<string, "kept" | "changed" | "refused">();
  for (const wanted of wantedWords(settings)) others.set(wanted.name, await settle(chip, wanted));
  return {
    selfCalibration: outcome === "kept" ? "was-off" : outcome === "changed" ? "switched-off" : "stays-on",
    changed: [outcome, ...others.values()].includes("changed"),
    refused: [...others].filter(([, result]) => result === "refused").map(([name]) => name),
  };
}

/** One word of the chip. Throws what `send` throws. */
export async function askWord(chip: SensirionChip, question: SensirionCommand): Promise<number> {
  const [word] = await chip.send(question);
  return word!;
}

async function settle(chip: SensirionChip, wanted: WantedWord): Promise<"kept" | "changed" | "refused"> {
  if ((await askWord(chip, wanted.get)) === wanted.word) return "kept";
  await chip.send(wanted.set, [wanted.word]);
  return (await askWord(chip, wanted.get)) === wanted.word ? "changed" : "refused";
}

function wantedWords(settings: Scd41Settings): readonly WantedWord[] {
  const { temperatureOffsetKelvin, altitudeMetres } = settings;
  const wanted: WantedWord[] = [];
  if (temperatureOffsetKelvin !== null)
    wanted.push({
      name: "temperature offset",
      get: commands.getTemperatureOffset,
      set: commands.setTemperatureOffset,
      word: kelvinToTicks(temperatureOffsetKelvin),
    });
  if (altitudeMetres !== null)
    wanted.push({
      name: "altitude",
      get: commands.getSensorAltitude,
      set: commands.setSensorAltitude,
      word: Math.round(altitudeMetres),
    });
  return wanted;
}
