import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { checkExtra } from "./check-extra.ts";
import { type CheckedBus, checkI2cBus } from "./check-i2c-bus.ts";
import { checkLepton } from "./check-lepton.ts";
import { checkProgram } from "./check-program.ts";
import { checkPureThermal } from "./check-purethermal.ts";
import { checkScd41, type Scd41CheckOptions } from "./check-scd41.ts";
import { type DoctorSurroundings, pause } from "./doctor-surroundings.ts";
import type { FindingList } from "./finding.ts";
import { openPlace } from "./open-place.ts";
import type { ProgramFacts, VideoFacts } from "./program-facts.ts";
import { transportProblem } from "./transport-problem.ts";

/** Parts of an installation that can be checked by themselves. */
export const doctorParts = ["lepton", "scd41", "extra"] as const;

/** One of them. */
export type DoctorPart = (typeof doctorParts)[number];

/** What is to be checked, and with what. */
export interface DoctorOptions extends Scd41CheckOptions {
  readonly part: DoctorPart | "all";
  readonly surroundings: DoctorSurroundings;
  /** Asked for only when everything is checked. */
  readonly programFacts: () => Promise<ProgramFacts>;
  /** A camera on USB to check in place of one on SPI; null when there is none. */
  readonly video: (() => Promise<VideoFacts>) | null;
  readonly findings: FindingList;
}

/** Time from a supply to the first answer: 1 s for an SCD41 (longest boot time of its data sheets), 0.3 s for a camera. */
const powerOnMs = 1_200;

/** Runs the checks, one after the other, and reports each to `findings`. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const { part, surroundings, findings, video } = options;
  if (part === "all") checkProgram(await options.programFacts(), surroundings.clock, findings);
  const wantsLepton = part === "all" || part === "lepton";
  if (wantsLepton && video !== null) checkPureThermal(await video(), findings);
  if (part === "lepton" && video !== null) return;
  const switches = await switchOn(surroundings, findings);
  const bus = await checkI2cBus(surroundings, findings);
  try {
    if (wantsLepton && video === null) await checkLepton(bus, surroundings, findings);
    await checkAir(bus, options);
  } finally {
    await bus?.i2c.close();
    for (const line of switches) await line.close();
  }
}

async function checkAir(bus: CheckedBus | null, options: DoctorOptions): Promise<void> {
  const { part, surroundings, findings, selfTest } = options;
  if (part === "all" || part === "scd41") await checkScd41(bus, surroundings, { findings, selfTest });
  if (part === "all") await checkExtra(bus, surroundings, { findings, presence: "optional" });
  if (part === "extra") await checkExtra(bus, surroundings, { findings, presence: "wanted" });
}

/** Switches on what hangs on a line, and gives the lines that the caller closes. */
async function switchOn(
  { cameraPower, airPower, clock }: DoctorSurroundings,
  findings: FindingList,
): Promise<readonly GpioLine[]> {
  const places = [
    { check: "power-line", place: cameraPower, what: "the camera" },
    { check: "sensor-power", place: airPower, what: "the other sensors" },
  ] as const;
  const opened: GpioLine[] = [];
  for (const { check, place, what } of places) {
    if (place === null) continue;
    const line = await openPlace(place, { check, findings, shared: "with-others" });
    if (line === null) continue;
    opened.push(line);
    try {
      await line.set("high");
      findings.ok(check, `${place.path} has switched ${what} on.`);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      findings.problem(check, transportProblem(error));
    }
  }
  if (opened.length > 0) await pause(clock, powerOnMs);
  return opened;
}
