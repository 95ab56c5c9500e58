import type { Scd41Core, Scd41Mode } from "./emulated-scd41-core.ts";
import type { Scd41Settings } from "./emulated-scd41-settings.ts";
import type { SensirionCommand } from "./emulated-sensirion-link.ts";
import { serialToWords } from "./emulated-sensirion-words.ts";

/** Members of the family; the SCD40 has no single shot, no sleep and no self-calibration periods. */
export type Scd41Variant = "scd40" | "scd41" | "scd43";

type Command = SensirionCommand<Scd41Mode>;

const periodicMs = 5_000;
const lowPowerMs = 30_000;
/** Times the data sheets of different years disagree about; the longer ones. */
const reinitMs = 30;
const wakeUpMs = 30;

/** Ready when any of the low eleven bits is set; the others mean nothing and are seen set on real chips. */
const readyWord = 0x8006;
const notReadyWord = 0x8000;
const selfTestFailed = 0x0001;

/** The member of the family stands in bits 15 to 12; what stands below is as real chips have it. */
const variantWords = { scd40: 0x0440, scd41: 0x1440, scd43: 0x5441 } as const;

/** The command table of the SCD4x data sheet for one chip: codes, times and what is allowed while measuring. */
export function scd41Commands(
  core: Scd41Core,
  unit: { readonly serial: number; readonly variant: Scd41Variant },
): readonly Command[] {
  return [
    ...measuring(core),
    ...settings(core),
    ...upkeep(core, unit),
    ...(unit.variant === "scd40" ? [] : onlyLater(core)),
  ];
}

function measuring(core: Scd41Core): Command[] {
  return [
    idle({ code: 0x21b1, executionMs: 0, act: (_, atMs) => core.start(periodicMs, atMs) }),
    idle({ code: 0x21ac, executionMs: 0, act: (_, atMs) => core.start(lowPowerMs, atMs) }),
    awake({ code: 0xec05, executionMs: 1, answer: (_, atMs) => core.meter.take(atMs) }),
    awake({ code: 0x3f86, executionMs: 500, act: (_, atMs) => core.meter.stop(atMs) }),
    awake({
      code: 0xe4b8,
      executionMs: 1,
      answer: (_, atMs) => [core.meter.isReady(atMs) ? readyWord : notReadyWord],
    }),
    awake({ code: 0xe000, executionMs: 1, answer: () => [core.pressure] }),
    awake({
      code: 0xe000,
      argumentWords: 1,
      executionMs: 1,
      act: ([hectopascals]) => core.setPressure(hectopascals!),
    }),
  ];
}

function settings(core: Scd41Core): Command[] {
  return [
    ...setting(core, { name: "temperatureOffsetTicks", set: 0x241d, get: 0x2318 }),
    ...setting(core, { name: "altitudeMetres", set: 0x2427, get: 0x2322 }),
    ...setting(core, { name: "selfCalibration", set: 0x2416, get: 0x2313 }),
    ...setting(core, { name: "selfCalibrationTargetPpm", set: 0x243a, get: 0x233f }),
  ];
}

function setting(
  core: Scd41Core,
  { name, set, get }: { readonly name: keyof Scd41Settings; readonly set: number; readonly get: number },
): Command[] {
  return [
    idle({ code: set, argumentWords: 1, executionMs: 1, act: ([word]) => core.set(name, word!) }),
    idle({ code: get, executionMs: 1, answer: () => [core.settings[name]] }),
  ];
}

function upkeep(
  core: Scd41Core,
  unit: { readonly serial: number; readonly variant: Scd41Variant },
): Command[] {
  const serial = (): number => (core.fault?.kind === "other-serial" ? core.fault.serial : unit.serial);
  return [
    idle({
      code: 0x362f,
      argumentWords: 1,
      executionMs: 400,
      answer: ([targetPpm]) => [core.calibration.force(targetPpm!)],
    }),
    idle({ code: 0x3615, executionMs: 800, act: () => core.save() }),
    idle({ code: 0x3682, executionMs: 1, answer: () => serialToWords(serial()) }),
    idle({
      code: 0x3639,
      executionMs: 10_000,
      answer: () => [core.fault?.kind === "self-test-fails" ? selfTestFailed : 0],
    }),
    idle({ code: 0x3632, executionMs: 1_200, act: () => core.factoryReset() }),
    idle({ code: 0x3646, executionMs: reinitMs, act: () => core.restart() }),
    idle({ code: 0x202f, executionMs: 1, answer: () => [variantWords[unit.variant]] }),
  ];
}

/** What the SCD40 does not have. */
function onlyLater(core: Scd41Core): Command[] {
  return [
    idle({ code: 0x219d, executionMs: 5_000, act: (_, atMs) => core.shoot("all", atMs) }),
    idle({ code: 0x2196, executionMs: 50, act: (_, atMs) => core.shoot("without-co2", atMs) }),
    ...setting(core, { name: "selfCalibrationInitialHours", set: 0x2445, get: 0x2340 }),
    ...setting(core, { name: "selfCalibrationStandardHours", set: 0x244e, get: 0x234b }),
    idle({ code: 0x36e0, executionMs: 1, act: () => core.sleep() }),
    {
      code: 0x36f6,
      argumentWords: 0,
      executionMs: wakeUpMs,
      modes: ["idle", "asleep"],
      silent: true,
      act: () => core.wake(),
    },
  ];
}

type Part = Omit<Command, "modes" | "argumentWords"> & { readonly argumentWords?: number };

function idle(command: Part): Command {
  return { argumentWords: 0, ...command, modes: ["idle"] };
}

function awake(command: Part): Command {
  return { argumentWords: 0, ...command, modes: ["idle", "measuring"] };
}
