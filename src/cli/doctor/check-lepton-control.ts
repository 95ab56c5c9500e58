import { Failure } from "#core/failure.ts";
import { Cci, cciAddress } from "#sensors/lepton/cci.ts";
import { cciCommands } from "#sensors/lepton/cci-commands.ts";
import { bootMaxMs, configureLepton } from "#sensors/lepton/lepton-configuration.ts";
import { describeModule, type LeptonModule } from "#sensors/lepton/lepton-module.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { StoppableWait } from "#sensors/lepton/stoppable-wait.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { CheckedBus } from "./check-i2c-bus.ts";
import type { DoctorSurroundings } from "./doctor-surroundings.ts";
import type { FindingList, Problem, ProblemCode } from "./finding.ts";
import { describeAddresses } from "./known-addresses.ts";
import { failureProblem } from "./transport-problem.ts";

/** Bits of the status register that are always 0 (Lepton Software Interface Description 110-0144-03). */
const reservedStatusBits = 0x00f8;

/** Bit of the status register: the camera has booted (same document). */
const bootedBit = 0x0004;

/** Address of the status register. */
const statusRegister = [0x00, 0x02] as const;

/**
 * Checks whether the camera obeys over I2C, whether it is the right one, and sets it as the driver does. Its control
 * interface when all is well, else null.
 */
export async function checkLeptonControl(
  bus: CheckedBus,
  surroundings: DoctorSurroundings,
  findings: FindingList,
): Promise<Cci | null> {
  const { clock } = surroundings;
  if (!bus.answering.includes(cciAddress)) {
    findings.problem("lepton-control", missing(bus.answering));
    return null;
  }
  const cci = new Cci({ i2c: bus.i2c, clock, wait: new StoppableWait(clock) });
  const isTalking = await tryCheck(findings, "lepton-control", () => talk(cci, bus));
  if (!isTalking || !(await tryCheck(findings, "lepton-module", () => identify(cci)))) return null;
  if (!(await tryCheck(findings, "lepton-settings", () => configure(cci)))) return null;
  return cci;
}

/** Reports what a step came to; an operating error it throws is a finding as well. True when all is well. */
async function tryCheck(
  findings: FindingList,
  check: "lepton-control" | "lepton-module" | "lepton-settings",
  step: () => Promise<string | Problem>,
): Promise<boolean> {
  const result = await outcome(step);
  if (typeof result === "string") findings.ok(check, result);
  else findings.problem(check, result);
  return typeof result === "string";
}

async function outcome(step: () => Promise<string | Problem>): Promise<string | Problem> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return controlProblem(error);
  }
}

/** A failure of the control interface as a finding. */
export function controlProblem(failure: Failure): Problem {
  if (failure instanceof TransportFailure && failure.code === "no-answer") {
    return {
      code: "lepton-lost",
      text: "The thermal camera answered at 0x2A and then no more.",
      remedy: "Look for a loose contact of its SDA, SCL and supply.",
    };
  }
  if (failure.code === "lepton-busy") return busy;
  return failureProblem(failure, sameCodes.get(failure.code) ?? "lepton-refuses");
}

/** Failures of the control interface that are findings by the same name. */
const sameCodes: ReadonlyMap<string, ProblemCode> = new Map([
  ["lepton-not-booted", "lepton-not-booted"],
  ["lepton-setting-refused", "lepton-setting-refused"],
]);

const busy: Problem = {
  code: "lepton-busy",
  text: "The thermal camera answers, but says that it is busy, for ever.",
  remedy: "Switch its supply off and on; replace it if that does not help.",
};

function missing(answering: readonly number[]): Problem {
  return {
    code: "lepton-missing",
    text: `No thermal camera answers at 0x2A; there answer ${describeAddresses(answering)}.`,
    remedy: "Check the camera's SDA, SCL, 3.3 V and GND, and that the module sits firmly in its socket.",
  };
}

async function talk(cci: Cci, { i2c }: CheckedBus): Promise<string | Problem> {
  const status = await readStatus(i2c);
  if ((status & reservedStatusBits) !== 0) {
    return {
      code: "lepton-foreign-chip",
      text: `What answers at 0x2A is no Lepton: its status reads 0x${status.toString(16).padStart(4, "0")}.`,
      remedy: "Take the other chip off the bus, or give it another address.",
    };
  }
  try {
    await cci.waitUntilBooted({ withinMs: bootMaxMs });
  } catch (error) {
    const isUp = error instanceof Failure && ((await readStatus(i2c)) & bootedBit) !== 0;
    if (!isUp) throw error;
    return busy;
  }
  await cci.run(cciCommands.ping);
  return "The thermal camera answers at 0x2A, has booted and obeys.";
}

async function readStatus(i2c: I2cBus): Promise<number> {
  const [high = 0, low = 0] = await i2c.transfer({
    address: cciAddress,
    write: Uint8Array.from(statusRegister),
    readBytes: 2,
  });
  return high * 256 + low;
}

async function identify(cci: Cci): Promise<string | Problem> {
  const module = describeModule(await cci.get(cciCommands.partNumber));
  const version = firmwareVersion(await cci.get(cciCommands.softwareVersion));
  if (module.radiometric === false) return notRadiometric(module);
  if (module.radiometric === null) return unknownModule(module);
  return `It is a ${module.model} (part ${module.partNumber}) with firmware ${version}, and measures temperatures.`;
}

/** Major, minor and build of the main processor, one byte each (LEP_OEM_SW_VERSION_T of FLIR's SDK). */
function firmwareVersion(words: Uint16Array): string {
  return `${words[0]! & 0xff}.${words[0]! >> 8}.${words[1]! & 0xff}`;
}

function notRadiometric({ model, partNumber }: LeptonModule): Problem {
  return {
    code: "lepton-not-radiometric",
    text: `The thermal camera is a ${model} (part ${partNumber}), which does not measure temperatures.`,
    remedy: "Replace it by a Lepton 3.5 (part 500-0771).",
  };
}

function unknownModule({ partNumber }: LeptonModule): Problem {
  return {
    code: "lepton-unknown-module",
    text: `The thermal camera's part number (${partNumber}) is that of no module that Emberwatch knows.`,
    remedy: "Use a Lepton 3.5 (part 500-0771).",
  };
}

async function configure(cci: Cci): Promise<string | Problem> {
  const { changed } = await configureLepton(cci, defaultLeptonSettings);
  const { retries, commands } = cci.counters;
  if (retries > 0) {
    return {
      code: "lepton-control-disturbed",
      text: `${retries} of ${commands + retries} commands to the thermal camera had to be repeated.`,
      remedy: "Shorten the I2C cable to less than 20 cm and look for loose contacts.",
    };
  }
  if (changed.length === 0) return "Its settings are as Emberwatch needs them.";
  return `Found otherwise and set, as Emberwatch does at each start: ${changed.join(", ")}.`;
}
