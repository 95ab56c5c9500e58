import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { DeviceHolder, DevicePlace } from "./doctor-surroundings.ts";
import type { CheckName, FindingList, Problem } from "./finding.ts";
import { transportProblem } from "./transport-problem.ts";

/** How a device is opened and who hears of it. */
export interface OpenPlaceOptions {
  readonly check: CheckName;
  readonly findings: FindingList;
  /** Who else may have it open: nobody, or any program but Emberwatch, which would be disturbed. */
  readonly shared: "no" | "with-others";
}

/**
 * Opens a device unless somebody is at work with it; null when it cannot be had, which is reported. A room that is being
 * watched must not lose its sensors to a check.
 */
export async function openPlace<Device>(
  place: DevicePlace<Device>,
  { check, findings, shared }: OpenPlaceOptions,
): Promise<Device | null> {
  const holders = await place.holders();
  const holder = shared === "no" ? holders[0] : holders.find(isEmberwatch);
  if (holder !== undefined) {
    findings.problem(check, inUse(place.path, holder));
    return null;
  }
  try {
    return await place.open();
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    findings.problem(check, await withHint(transportProblem(error), place));
    return null;
  }
}

function isEmberwatch({ command }: DeviceHolder): boolean {
  return command.includes("emberwatch");
}

function inUse(path: string, { pid, command }: DeviceHolder): Problem {
  return {
    code: "device-in-use",
    text: `${path} is at work for process ${pid} ("${command}").`,
    remedy: "Stop that program, run the check again, and start the program again.",
  };
}

async function withHint(problem: Problem, place: DevicePlace<unknown>): Promise<Problem> {
  if (problem.code !== "device-missing") return problem;
  const hint = await place.hint();
  return hint === "" ? problem : { ...problem, remedy: `${problem.remedy} ${hint}` };
}
