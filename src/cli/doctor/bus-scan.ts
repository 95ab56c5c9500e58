import type { Clock } from "#core/time.ts";
import { scd41Address, scd41Commands } from "#sensors/scd41/scd41-commands.ts";
import { encodeCommand } from "#sensors/sensirion/words.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { pause } from "./doctor-surroundings.ts";

/** 7-bit addresses that chips may have; the others are reserved (I2C specification UM10204, section 3.1.12). */
export const scannedAddresses = { first: 0x08, last: 0x77 } as const;

/** A bus that fails so often in a row is held; each failure of a real one takes up to a second. */
const failuresInARowMax = 2;

/** More chips than this are no chips, but a data line that is held low: it acknowledges everything. */
const chipsMax = 100;

/** What answers on a bus. */
export interface BusScan {
  readonly answering: readonly number[];
  /** Addresses at which the bus itself failed: a chip or a short holds a line. Not all when there are many. */
  readonly held: readonly number[];
  /** All addresses answer. */
  readonly everythingAnswers: boolean;
}

/**
 * Asks every address whether somebody is there, and changes nothing: by an empty write, as Sensirion's chips want it, or
 * by reading one byte where EEPROMs live, which some empty writes upset. An SCD41 is woken first. Throws
 * `TransportFailure` when the bus itself is out of reach.
 */
export async function scanBus(i2c: I2cBus, clock: Clock): Promise<BusScan> {
  await wakeScd41(i2c, clock);
  const answering: number[] = [];
  const held: number[] = [];
  let failuresInARow = 0;
  for (let address = scannedAddresses.first; address <= scannedAddresses.last; address += 1) {
    const state = await ask(i2c, address);
    if (state === "answers") answering.push(address);
    if (state === "failed") held.push(address);
    failuresInARow = state === "failed" ? failuresInARow + 1 : 0;
    if (failuresInARow >= failuresInARowMax) break;
  }
  return { answering, held, everythingAnswers: answering.length > chipsMax };
}

async function wakeScd41(i2c: I2cBus, clock: Clock): Promise<void> {
  const { code, executionMs } = scd41Commands.wakeUp;
  try {
    await i2c.transfer({ address: scd41Address, write: encodeCommand(code, []), readBytes: 0 });
  } catch (error) {
    // A sleeping chip obeys without acknowledging; whatever else is wrong shows in the scan.
    if (!(error instanceof TransportFailure) || isOutOfReach(error)) throw error;
  }
  await pause(clock, executionMs);
}

async function ask(i2c: I2cBus, address: number): Promise<"answers" | "silent" | "failed"> {
  const readBytes = isReadOnlyAsked(address) ? 1 : 0;
  try {
    await i2c.transfer({ address, write: new Uint8Array(0), readBytes });
    return "answers";
  } catch (error) {
    if (!(error instanceof TransportFailure) || isOutOfReach(error)) throw error;
    return error.code === "no-answer" ? "silent" : "failed";
  }
}

/** As i2cdetect does, but for 0x58 to 0x5F, where Sensirion's chips live, which refuse to be read unasked. */
function isReadOnlyAsked(address: number): boolean {
  return (address >= 0x30 && address <= 0x37) || (address >= 0x50 && address <= 0x57);
}

function isOutOfReach({ code }: TransportFailure): boolean {
  return code === "device-missing" || code === "permission-denied" || code === "gone";
}
