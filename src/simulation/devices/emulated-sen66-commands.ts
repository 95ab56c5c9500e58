import type { Sen66Core, Sen66Mode } from "./emulated-sen66-core.ts";
import type { SensirionCommand } from "./emulated-sensirion-link.ts";
import { longToWords, textToWords } from "./emulated-sensirion-words.ts";

type Command = SensirionCommand<Sen66Mode>;

const commandMs = 20;
const startMs = 50;
const stopMs = 1_000;
const recalibrationMs = 500;
const resetMs = 1_200;
const textWords = 16;

const both: readonly Sen66Mode[] = ["idle", "measuring"];

/**
 * The command table of the SEN66, as its maker's driver has it. A setting that may not be changed while measuring is
 * acknowledged then and has no effect; a question that may not be asked then is not acknowledged.
 */
export function sen66Commands(core: Sen66Core, unit: { readonly serial: string }): readonly Command[] {
  return [...measuring(core), ...co2(core), ...settings(core), ...upkeep(core, unit)];
}

function measuring(core: Sen66Core): Command[] {
  return [
    part({ code: 0x0021, executionMs: startMs, act: (_, atMs) => core.start(atMs) }),
    part({ code: 0x0104, executionMs: stopMs, act: (_, atMs) => core.meter.stop(atMs) }),
    part({ code: 0x0202, answer: (_, atMs) => [core.meter.isReady(atMs) ? 1 : 0] }),
    part({ code: 0x0300, answer: (_, atMs) => core.read("measured", atMs) }),
    part({ code: 0x0316, answer: (_, atMs) => core.read("numbers", atMs) }),
    part({ code: 0x0405, answer: (_, atMs) => core.read("raw", atMs) }),
  ];
}

function co2(core: Sen66Core): Command[] {
  return [
    part({
      code: 0x6707,
      argumentWords: 1,
      executionMs: recalibrationMs,
      modes: ["idle"],
      answer: ([targetPpm]) => [core.calibration.force(targetPpm!)],
    }),
    part({ code: 0x6711, modes: ["idle"], answer: () => [core.selfCalibration] }),
    part({
      code: 0x6711,
      argumentWords: 1,
      act: ([word]) => whenIdle(core, () => core.setSelfCalibration(word!)),
    }),
    part({ code: 0x6720, answer: () => [core.pressure] }),
    part({ code: 0x6720, argumentWords: 1, act: ([hectopascals]) => core.setPressure(hectopascals!) }),
    part({ code: 0x6736, modes: ["idle"], answer: () => [core.altitudeMetres] }),
    part({
      code: 0x6736,
      argumentWords: 1,
      act: ([metres]) => whenIdle(core, () => core.setAltitude(metres!)),
    }),
  ];
}

function settings(core: Sen66Core): Command[] {
  return [
    part({
      code: 0x60b2,
      argumentWords: 4,
      act: ([offset, slope, , slot]) =>
        core.setTemperatureSlot(slot!, { offset: signed(offset!), slope: signed(slope!) }),
    }),
  ];
}

function upkeep(core: Sen66Core, unit: { readonly serial: string }): Command[] {
  return [
    // Cleaning the fan and drying the humidity sensor leave nothing behind that can be read.
    part({ code: 0x5607, modes: ["idle"] }),
    part({ code: 0x6765, modes: ["idle"] }),
    part({ code: 0xd014, answer: () => textToWords("SEN66", textWords) }),
    part({ code: 0xd033, answer: () => textToWords(unit.serial, textWords) }),
    part({ code: 0xd206, answer: () => longToWords(core.status()) }),
    part({ code: 0xd210, answer: () => longToWords(core.statusAndClear()) }),
    part({ code: 0xd304, executionMs: resetMs, act: () => core.restart() }),
  ];
}

function part(command: Partial<Command> & { readonly code: number }): Command {
  return { argumentWords: 0, executionMs: commandMs, modes: both, ...command };
}

function whenIdle(core: Sen66Core, change: () => void): void {
  if (core.mode === "idle") change();
}

/** A word as a signed number. */
function signed(word: number): number {
  return word >= 0x8000 ? word - 0x1_0000 : word;
}
