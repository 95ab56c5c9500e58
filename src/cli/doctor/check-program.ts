import { type Clock, microsPerMillisecond } from "#core/time.ts";
import type { CheckName, FindingList } from "./finding.ts";
import type { ProgramFacts } from "./program-facts.ts";

/** What is looked at of the program and its computer. */
export const programChecks: readonly CheckName[] = ["node", "page", "data", "clock", "computer-supply"];

const nodeMajorMin = 24;

/** State, events and a day of recordings of one device fit into this. */
const freeBytesMin = 1_000_000_000;

/** Years in which this program can run: earlier is a clock without a battery, later a mistake. */
const years = { min: 2026, max: 2099 } as const;

/** Bits of get_throttled (documentation of vcgencmd): the supply is below 4.63 V now, or was since boot. */
const underVoltage = { now: 0x1, sinceBoot: 0x1_0000 } as const;

/** Checks the program and its computer, which needs no sensor. */
export function checkProgram(facts: ProgramFacts, clock: Clock, findings: FindingList): void {
  checkNode(facts, findings);
  checkPage(facts, findings);
  checkData(facts, findings);
  checkClock(clock, findings);
  checkSupply(facts, findings);
}

function checkNode({ nodeVersion }: ProgramFacts, findings: FindingList): void {
  if (Number.parseInt(nodeVersion, 10) >= nodeMajorMin) {
    findings.ok("node", `Version ${nodeVersion}.`);
    return;
  }
  findings.problem("node", {
    code: "node-old",
    text: `Node.js is version ${nodeVersion}, and ${nodeMajorMin} is the oldest that Emberwatch runs with.`,
    remedy: "Start it with ./emberwatch, which brings the right one, or install Node.js 24.",
  });
}

function checkPage({ pageFolder }: ProgramFacts, findings: FindingList): void {
  if (pageFolder !== null) {
    findings.ok("page", "It is built.");
    return;
  }
  findings.problem("page", {
    code: "page-missing",
    text: "The page has not been built, so browsers get no dashboard from this computer.",
    remedy: 'Build it with "npm run build".',
  });
}

function checkData({ dataFolder: { path, state } }: ProgramFacts, findings: FindingList): void {
  if (state.kind === "not-writable") {
    findings.problem("data", {
      code: "data-not-writable",
      text: `Nothing can be saved in ${path}: ${state.reason}.`,
      remedy: "Give this user the right to write there, or name another folder with --data.",
    });
  } else if (state.freeBytes < freeBytesMin) {
    findings.problem("data", {
      code: "data-disk-full",
      text: `Only ${inGigabytes(state.freeBytes)} GB are free in ${path}.`,
      remedy: "Make room there, or name a folder on another disk with --data.",
    });
  } else findings.ok("data", `${path} can be written to; ${inGigabytes(state.freeBytes)} GB are free.`);
}

function inGigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

function checkClock(clock: Clock, findings: FindingList): void {
  const now = new Date(clock.nowMicros() / microsPerMillisecond);
  const year = now.getUTCFullYear();
  if (year >= years.min && year <= years.max) {
    findings.ok("clock", `It shows ${now.toISOString().slice(0, 16).replace("T", " ")} UTC.`);
    return;
  }
  findings.problem("clock", {
    code: "clock-wrong",
    text: `The computer's clock shows the year ${year}.`,
    remedy: 'Connect it to a network and see "timedatectl", or give it a battery-backed clock.',
  });
}

function checkSupply({ throttled }: ProgramFacts, findings: FindingList): void {
  const flags = throttled === null ? Number.NaN : Number.parseInt(throttled, 16);
  if (Number.isNaN(flags)) {
    findings.skip(["computer-supply"], "Only a Raspberry Pi tells.");
    return;
  }
  if ((flags & (underVoltage.now | underVoltage.sinceBoot)) === 0) {
    findings.ok("computer-supply", "It has been steady since the computer started.");
    return;
  }
  const when = (flags & underVoltage.now) !== 0 ? "is" : "has been, at times since it started,";
  findings.problem("computer-supply", {
    code: "computer-supply-low",
    text: `The Raspberry Pi's supply ${when} below 4.63 V.`,
    remedy: "Use the supply made for this Raspberry Pi, with a short cable.",
  });
}
