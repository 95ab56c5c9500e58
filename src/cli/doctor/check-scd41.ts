import { scd41Commands as commands, scd41Address } from "#sensors/scd41/scd41-commands.ts";
import { askWord } from "#sensors/scd41/scd41-configuration.ts";
import { identifyScd41 } from "#sensors/scd41/scd41-identity.ts";
import { measuresLikeScd41 } from "#sensors/scd41/scd41-values.ts";
import type { SensirionChip } from "#sensors/sensirion/sensirion-chip.ts";
import { wordsToInteger } from "#sensors/sensirion/words.ts";
import type { CheckedBus } from "./check-i2c-bus.ts";
import { watchReadings } from "./check-scd41-readings.ts";
import {
  asFailure,
  askRepeatedly,
  chipAt,
  isNoAnswer,
  type RepeatedAnswers,
  repeatedQuestions,
} from "./chip-talk.ts";
import { type DoctorSurroundings, withCountdown } from "./doctor-surroundings.ts";
import type { CheckName, FindingList, Problem } from "./finding.ts";
import { describeAddresses } from "./known-addresses.ts";
import { failureProblem } from "./transport-problem.ts";

/** What is looked at before the CO2 sensor is asked for more. */
export const scd41BasicChecks: readonly CheckName[] = [
  "scd41-control",
  "scd41-model",
  "scd41-self-calibration",
];

/** What is looked at of the CO2 sensor. */
export const scd41Checks: readonly CheckName[] = [...scd41BasicChecks, "scd41-readings", "scd41-self-test"];

/** The chip's test of itself takes so long (data sheet, perform_self_test). */
const selfTestSeconds = commands.performSelfTest.executionMs / 1_000;

type Step = (chip: SensirionChip) => Promise<string | Problem>;

/** What else is to be done than looking. */
export interface Scd41CheckOptions {
  readonly selfTest: "run" | "leave-out";
}

/** Checks the CO2 sensor, its readings and itself; `bus` is null when the I2C bus is of no use. */
export async function checkScd41(
  bus: CheckedBus | null,
  surroundings: DoctorSurroundings,
  { findings, selfTest }: Scd41CheckOptions & { readonly findings: FindingList },
): Promise<void> {
  const chip = await checkScd41Basics(bus, surroundings, findings);
  if (chip === null || bus === null) {
    findings.skip(scd41Checks, bus === null ? "It needs the I2C bus." : "See the problem before it.");
    return;
  }
  const isReading = await runStep({ findings, check: "scd41-readings", chip }, (asked) =>
    watchReadings(asked, bus.i2c, surroundings),
  );
  if (selfTest === "leave-out")
    findings.skip(["scd41-self-test"], "It takes 10 s: ask for it with --self-test.");
  else if (isReading) {
    await runStep({ findings, check: "scd41-self-test", chip }, (asked) => testItself(asked, surroundings));
  }
  findings.skip(scd41Checks, "See the problem before it.");
}

/** Checks that it is the right chip, that it talks, and that it does not calibrate itself; the idle chip, else null. */
export async function checkScd41Basics(
  bus: CheckedBus | null,
  { clock }: DoctorSurroundings,
  findings: FindingList,
): Promise<SensirionChip | null> {
  if (bus === null) {
    findings.skip(scd41BasicChecks, "It needs the I2C bus.");
    return null;
  }
  if (!bus.answering.includes(scd41Address)) {
    findings.problem("scd41-control", missing(bus.answering));
    return null;
  }
  const chip = chipAt({ i2c: bus.i2c, clock, address: scd41Address, name: "SCD41" });
  const steps: readonly (readonly [CheckName, Step])[] = [
    ["scd41-control", talk],
    ["scd41-model", identify],
    ["scd41-self-calibration", stopSelfCalibration],
  ];
  for (const [check, step] of steps) {
    if (!(await runStep({ findings, check, chip }, step))) return null;
  }
  return chip;
}

/** Takes one step and reports what it came to, an operating error as a problem. True when all is well. */
async function runStep(
  { findings, check, chip }: { findings: FindingList; check: CheckName; chip: SensirionChip },
  step: Step,
): Promise<boolean> {
  let result: string | Problem;
  try {
    result = await step(chip);
  } catch (error) {
    result = isNoAnswer(error) ? dropsOut : failureProblem(asFailure(error), "scd41-checksums");
  }
  if (typeof result === "string") findings.ok(check, result);
  else findings.problem(check, result);
  return typeof result === "string";
}

const dropsOut: Problem = {
  code: "scd41-drops-out",
  text: "The CO2 sensor answers at times only.",
  remedy: "Look for a loose contact of its SDA, SCL and supply.",
};

const foreignChip: Problem = {
  code: "scd41-foreign-chip",
  text: "What answers at 0x62 does not talk like an SCD41.",
  remedy: "Take the other chip off the bus; if it is an SCD41, shorten its cable or replace it.",
};

function missing(answering: readonly number[]): Problem {
  return {
    code: "scd41-missing",
    text: `No CO2 sensor answers at 0x62; there answer ${describeAddresses(answering)}.`,
    remedy: "Check the sensor's SDA, SCL, 3.3 V and GND.",
  };
}

async function talk(chip: SensirionChip): Promise<string | Problem> {
  const stopsRefused = await stopMeasuring(chip);
  if (stopsRefused === repeatedQuestions) return foreignChip;
  const answers = await askRepeatedly(chip, commands.getSerialNumber);
  return judgeTalk({ ...answers, unanswered: answers.unanswered + stopsRefused });
}

/** Wakes the chip and stops it; how often it did not acknowledge. */
async function stopMeasuring(chip: SensirionChip): Promise<number> {
  chip.forgetMode();
  await chip.send(commands.wakeUp);
  for (let refused = 0; refused < repeatedQuestions; refused += 1) {
    try {
      await chip.send(commands.stopPeriodicMeasurement);
      return refused;
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
    }
  }
  return repeatedQuestions;
}

function judgeTalk({ words, right, wrongChecksums, unanswered }: RepeatedAnswers): string | Problem {
  if (right === repeatedQuestions && unanswered === 0 && words !== null) {
    return `The CO2 sensor answers at 0x62, serial number ${wordsToInteger(words)}.`;
  }
  if (right === 0) return foreignChip;
  if (wrongChecksums === 0) {
    return { ...dropsOut, text: `The CO2 sensor answered ${right} of ${right + unanswered} times only.` };
  }
  return {
    code: "scd41-checksums",
    text: `${wrongChecksums} of ${repeatedQuestions} answers of the CO2 sensor had a wrong checksum.`,
    remedy:
      "Shorten the I2C cable to less than 20 cm, keep it away from other cables, look for loose contacts.",
  };
}

async function identify(chip: SensirionChip): Promise<string | Problem> {
  const { variant } = await identifyScd41(chip);
  if (variant === "unknown")
    return "It is of an early make that does not tell its model, and works like an SCD41.";
  if (measuresLikeScd41(variant)) return `It is an ${variant}.`;
  return {
    code: "scd41-wrong-model",
    text: `The CO2 sensor is an ${variant}, which measures less exactly and to 2,000 ppm only.`,
    remedy: "Replace it by an SCD41.",
  };
}

async function stopSelfCalibration(chip: SensirionChip): Promise<string | Problem> {
  if ((await askWord(chip, commands.getAscEnabled)) === 0) return "Automatic self-calibration is off.";
  await chip.send(commands.setAscEnabled, [0]);
  if ((await askWord(chip, commands.getAscEnabled)) !== 0) {
    return {
      code: "scd41-self-calibration-on",
      text: "Automatic self-calibration is on and cannot be switched off: it would teach the sensor to overlook CO2.",
      remedy: "Replace the sensor.",
    };
  }
  await chip.send(commands.persistSettings);
  return "Automatic self-calibration was on, as from the factory; it is off now, and stays off.";
}

async function testItself(chip: SensirionChip, surroundings: DoctorSurroundings): Promise<string | Problem> {
  const testing = { what: "The CO2 sensor tests itself", seconds: selfTestSeconds };
  const word = await withCountdown(surroundings, testing, askWord(chip, commands.performSelfTest));
  if (word === 0) return "The sensor's test of itself found nothing.";
  return {
    code: "scd41-self-test-failed",
    text: `The sensor's test of itself failed (0x${word.toString(16).padStart(4, "0")}).`,
    remedy: "Switch it off and on and test again; replace it if it fails again.",
  };
}
