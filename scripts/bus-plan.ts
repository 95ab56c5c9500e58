import { badInput } from "#core/failure.ts";
import type { I2cTransfer } from "#sensors/transport/i2c-bus.ts";

/** One step of a plan: an exchange, or a pause. */
export type BusPlanStep =
  | { readonly kind: "transfer"; readonly transfer: I2cTransfer }
  | { readonly kind: "wait"; readonly ms: number };

/** Most steps of a plan. */
export const busPlanStepsMax = 10_000;

/** Longest pause of one step, in milliseconds. */
export const busPlanWaitMsMax = 60_000;

/**
 * Plans that need no file. They change nothing lasting in the chip. Commands and times: Sensirion's SCD4x data sheet,
 * FLIR's Lepton software interface description (110-0144-04).
 */
export const builtInPlans: Readonly<Record<string, string>> = {
  scd41: `
# Ends a measurement that may be running, then asks who it is and how it is set.
0x62 write 3f 86
wait 500
0x62 write 36 82
wait 1
0x62 read 9
0x62 write 20 2f
wait 1
0x62 read 3
0x62 write 23 13
wait 1
0x62 read 3
0x62 write 23 18
wait 1
0x62 read 3
0x62 write 23 22
wait 1
0x62 read 3
# One measurement.
0x62 write 21 b1
wait 5500
0x62 write e4 b8
wait 1
0x62 read 3
0x62 write ec 05
wait 1
0x62 read 9
0x62 write 3f 86
wait 500
`,
  lepton: `
# Status; then the serial number: length 4 words, command SYS 0x0208, status, data.
0x2a write 00 02 read 2
0x2a write 00 06 00 04
0x2a write 00 04 02 08
wait 10
0x2a write 00 02 read 2
0x2a write 00 08 read 8
# Temperature of the focal plane: length 1 word, command SYS 0x0214.
0x2a write 00 06 00 01
0x2a write 00 04 02 14
wait 10
0x2a write 00 02 read 2
0x2a write 00 08 read 2
`,
};

const transferPattern = /^0x([0-7][0-9a-f])(?: write((?: [0-9a-f]{2})+))?(?: read (\d{1,4}))?$/i;
const waitPattern = /^wait (\d{1,5})$/;

function parseStep(line: string): BusPlanStep | null {
  const [, wait] = waitPattern.exec(line) ?? [];
  if (wait !== undefined) return Number(wait) <= busPlanWaitMsMax ? { kind: "wait", ms: Number(wait) } : null;
  const match = transferPattern.exec(line);
  if (match === null) return null;
  const [, address = "", write = "", readBytes = "0"] = match;
  const pairs = write.trim() === "" ? [] : write.trim().split(" ");
  return {
    kind: "transfer",
    transfer: {
      address: Number.parseInt(address, 16),
      write: Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)),
      readBytes: Number(readBytes),
    },
  };
}

/** The steps of a plan's text; `name` is for complaints. Throws `Failure` ("input") with the line it does not understand. */
export function parseBusPlan({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): BusPlanStep[] {
  const steps: BusPlanStep[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const step = parseStep(trimmed);
    if (step === null) {
      const form = '"0x62 write 36 82", "0x62 read 9", "0x2a write 00 02 read 2" or "wait 1"';
      throw badInput("bad-plan", `${name}, line ${index + 1} is no step: write ${form}.`);
    }
    steps.push(step);
  }
  if (steps.length === 0 || steps.length > busPlanStepsMax) {
    throw badInput("bad-plan", `${name} has ${steps.length} steps: write 1 to ${busPlanStepsMax}.`);
  }
  return steps;
}
