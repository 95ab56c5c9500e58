import type { SensirionChip } from "../sensirion/sensirion-chip.ts";
import { wordsToInteger } from "../sensirion/words.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import { scd41Commands as commands } from "./scd41-commands.ts";
import { askWord } from "./scd41-configuration.ts";
import { type Scd4xVariant, scd4xVariant } from "./scd41-values.ts";

/** Which chip it is. */
export interface Scd41Identity {
  /** The 48-bit serial number. */
  readonly serialNumber: number;
  /** "unknown" for older chips, which do not know the question. */
  readonly variant: Scd4xVariant;
}

/** Asks an idle chip who it is. Throws what `send` throws. */
export async function identifyScd41(chip: SensirionChip): Promise<Scd41Identity> {
  const serialNumber = wordsToInteger(await chip.send(commands.getSerialNumber));
  return { serialNumber, variant: await askVariant(chip) };
}

async function askVariant(chip: SensirionChip): Promise<Scd4xVariant> {
  try {
    return scd4xVariant(await askWord(chip, commands.getSensorVariant));
  } catch (error) {
    // The question is newer than the first chips; one that has just told its serial number is there.
    if (error instanceof TransportFailure && error.code === "no-answer") return "unknown";
    throw error;
  }
}
