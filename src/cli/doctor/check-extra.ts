import { sen66Address, sen66Commands } from "#sensors/sen66/sen66-commands.ts";
import type { SensirionCommand } from "#sensors/sensirion/command.ts";
import type { SensirionChip } from "#sensors/sensirion/sensirion-chip.ts";
import { sfa30Address, sfa30Commands } from "#sensors/sfa30/sfa30-commands.ts";
import { sgp41Address, sgp41Commands } from "#sensors/sgp41/sgp41-commands.ts";
import { sps30Address, sps30Commands } from "#sensors/sps30/sps30-commands.ts";
import type { CheckedBus } from "./check-i2c-bus.ts";
import { asFailure, askRepeatedly, chipAt, isNoAnswer, repeatedQuestions } from "./chip-talk.ts";
import type { DoctorSurroundings } from "./doctor-surroundings.ts";
import type { CheckName, FindingList, Problem } from "./finding.ts";
import { describeAddresses, hexAddress } from "./known-addresses.ts";
import { failureProblem } from "./transport-problem.ts";

interface ExtraChip {
  readonly check: CheckName;
  readonly name: string;
  readonly address: number;
  /** What brings it into the state in which it answers the question; null when it always does. */
  readonly quiet: SensirionCommand | null;
  /** A question that every such chip answers. */
  readonly question: SensirionCommand;
  /** Its test of itself, and the bits of the answer that must not be set. */
  readonly selfTest: { readonly command: SensirionCommand; readonly mask: number } | null;
}

/** Low bits of the SGP41's self-test, of which any set means a failure (data sheet). */
const sgp41FailureBits = 0x000f;

const extraChips: readonly ExtraChip[] = [
  {
    check: "sgp41",
    name: "SGP41",
    address: sgp41Address,
    quiet: sgp41Commands.turnHeaterOff,
    question: sgp41Commands.getSerialNumber,
    selfTest: { command: sgp41Commands.executeSelfTest, mask: sgp41FailureBits },
  },
  {
    check: "sps30",
    name: "SPS30",
    address: sps30Address,
    quiet: null,
    question: sps30Commands.readSerialNumber,
    selfTest: null,
  },
  {
    check: "sen66",
    name: "SEN66",
    address: sen66Address,
    quiet: null,
    question: sen66Commands.getSerialNumber,
    selfTest: null,
  },
  {
    check: "sfa30",
    name: "SFA30",
    address: sfa30Address,
    // It tells its name only while idle; stopping an idle one is an error to it, a reset is not.
    quiet: sfa30Commands.reset,
    question: sfa30Commands.getDeviceMarking,
    selfTest: null,
  },
];

/** What is looked at of further sensors. */
export const extraChecks: readonly CheckName[] = extraChips.map(({ check }) => check);

/** Checks the further sensors that are there. `wanted`: at least one has to be. */
export async function checkExtra(
  bus: CheckedBus | null,
  { clock }: DoctorSurroundings,
  { findings, presence }: { readonly findings: FindingList; readonly presence: "wanted" | "optional" },
): Promise<void> {
  if (bus === null) {
    findings.skip(extraChecks, "It needs the I2C bus.");
    return;
  }
  const present = extraChips.filter(({ address }) => bus.answering.includes(address));
  if (present.length === 0 && presence === "wanted") {
    const answering = describeAddresses(bus.answering);
    findings.problem("sgp41", {
      code: "extra-missing",
      text: `No SGP41, SPS30, SEN66 or SFA30 answers; there answer ${answering}.`,
      remedy:
        "Check the sensor's SDA, SCL, supply (5 V for SPS30 and SFA30) and GND, and its SEL pin: SPS30 and SFA30 speak I2C only with SEL to GND.",
    });
  }
  for (const extra of present) {
    const chip = chipAt({ i2c: bus.i2c, clock, address: extra.address, name: extra.name });
    const result = await examine(extra, chip);
    if (typeof result === "string") findings.ok(extra.check, result);
    else findings.problem(extra.check, result);
  }
  for (const { check, address } of extraChips) {
    findings.skip([check], `None is wired: nothing answers at ${hexAddress(address)}.`);
  }
}

async function examine(extra: ExtraChip, chip: SensirionChip): Promise<string | Problem> {
  const { name, address, quiet, question, selfTest } = extra;
  try {
    if (quiet !== null) await chip.send(quiet);
    const { right, wrongChecksums } = await askRepeatedly(chip, question);
    if (right === 0) return foreign(extra);
    if (right < repeatedQuestions) return disturbed(extra, { right, wrongChecksums });
    const [word = 0] = selfTest === null ? [] : await chip.send(selfTest.command);
    if (selfTest === null) return `An ${name} answers at ${hexAddress(address)}.`;
    if ((word & selfTest.mask) === 0)
      return `An ${name} answers at ${hexAddress(address)} and finds itself well.`;
  } catch (error) {
    return isNoAnswer(error) ? foreign(extra) : failureProblem(asFailure(error), "extra-checksums");
  }
  return {
    code: "extra-self-test-failed",
    text: `The ${name} failed its test of itself.`,
    remedy: "Replace it.",
  };
}

function foreign({ name, address }: ExtraChip): Problem {
  return {
    code: "extra-foreign-chip",
    text: `What answers at ${hexAddress(address)} does not talk like an ${name}.`,
    remedy: `Take the other chip off the bus, or leave the ${name} out of the configuration.`,
  };
}

function disturbed({ name }: ExtraChip, answers: { right: number; wrongChecksums: number }): Problem {
  return {
    code: "extra-checksums",
    text: `The ${name} gave ${answers.right} of ${repeatedQuestions} answers right (${answers.wrongChecksums} wrong checksums).`,
    remedy: "Shorten the I2C cable to less than 20 cm and look for loose contacts.",
  };
}
