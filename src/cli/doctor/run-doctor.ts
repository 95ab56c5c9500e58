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

/** Time from a camera's supply to its first answer: some 0.3 s for the camera, as much for the supply. */
const powerOnMs = 600;

/** Runs the checks, one after the other, and reports each to `findings`. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const { part, surroundings, findings, video } = options;
  if (part === "all") checkProgram(await options.programFacts(), surroundings.clock, findings);
  const wantsLepton = part === "all" || part === "lepton";
  if (wantsLepton && video !== null) checkPureThermal(await video(), findings);
  if (part === "lepton" && video !== null) return;
  const power = await switchOn(surroundings, findings);
  const bus = await checkI2cBus(surroundings, findings);
  try {
    if (wantsLepton && video === null) await checkLepton(bus, surroundings, findings);
    await checkAir(bus, options);
  } finally {
    await bus?.i2c.close();
    await power?.close();
  }
}

async function checkAir(bus: CheckedBus | null, options: DoctorOptions): Promise<void> {
  const { part, surroundings, findings, selfTest } = options;
  if (part === "all" || part === "scd41") await checkScd41(bus, surroundings, { findings, selfTest });
  if (part === "all") await checkExtra(bus, surroundings, { findings, presence: "optional" });
  if (part === "extra") await checkExtra(bus, surroundings, { findings, presence: "wanted" });
}

async function switchOn({ power, clock }: DoctorSurroundings, findings: FindingList) {
  if (power === null) return null;
  const check = "power-line";
  const line = await openPlace(power, { check, findings, shared: "with-others" });
  if (line === null) return null;
  try {
    await line.set("high");
    await pause(clock, powerOnMs);
    findings.ok(check, `${power.path} has switched the camera on.`);
    return line;
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    await line.close();
    throw error;
  }
}
