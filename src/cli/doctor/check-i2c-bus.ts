import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { type BusScan, scanBus } from "./bus-scan.ts";
import type { DoctorSurroundings } from "./doctor-surroundings.ts";
import type { FindingList, Problem } from "./finding.ts";
import { describeAddresses, hexAddress } from "./known-addresses.ts";
import { openPlace } from "./open-place.ts";
import { transportProblem } from "./transport-problem.ts";

/** An I2C bus that works, and who is on it. */
export interface CheckedBus {
  readonly i2c: I2cBus;
  readonly answering: readonly number[];
}

/** Opens the I2C bus and asks who is on it; null when it is of no use, which is reported. The caller closes it. */
export async function checkI2cBus(
  surroundings: DoctorSurroundings,
  findings: FindingList,
): Promise<CheckedBus | null> {
  const check = "i2c-bus";
  const { path } = surroundings.i2c;
  const i2c = await openPlace(surroundings.i2c, { check, findings, shared: "with-others" });
  if (i2c === null) return null;
  const result = await scanOrProblem(i2c, surroundings);
  if ("answering" in result) {
    findings.ok(check, `${path} works; there answer ${describeAddresses(result.answering)}.`);
    return { i2c, answering: result.answering };
  }
  findings.problem(check, result);
  await i2c.close();
  return null;
}

async function scanOrProblem(i2c: I2cBus, surroundings: DoctorSurroundings): Promise<BusScan | Problem> {
  try {
    const scan = await scanBus(i2c, surroundings.clock);
    return busProblem(scan, surroundings.i2c.path) ?? scan;
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return transportProblem(error);
  }
}

function busProblem({ answering, held, everythingAnswers }: BusScan, path: string): Problem | null {
  if (everythingAnswers) {
    return {
      code: "bus-held",
      text: `On ${path} every address answers, so its data line (SDA) is held low.`,
      remedy:
        "Look for a short between SDA and GND; unplug the sensors one by one to find the one that does it.",
    };
  }
  if (held.length > 0) {
    const at = held.length === 1 ? ` when ${hexAddress(held[0]!)} is asked` : "";
    return {
      code: "bus-held",
      text: `${path} hangs${at}: a chip or a short holds one of its lines low.`,
      remedy:
        "Switch the sensors off and on; if it stays, unplug them one by one and look for a short of SDA or SCL.",
    };
  }
  if (answering.length > 0) return null;
  return {
    code: "bus-empty",
    text: `Nothing at all answers on ${path}.`,
    remedy:
      "Check SDA (pin 3), SCL (pin 5), 3.3 V (pin 1) and GND (pin 9) of the Raspberry Pi, and that SDA and SCL are not swapped.",
  };
}
