import type { SensirionCommand } from "./emulated-sensirion-link.ts";
import { longToWords, textToWords } from "./emulated-sensirion-words.ts";
import type { Sps30Core, Sps30Format, Sps30Mode } from "./emulated-sps30-core.ts";

type Command = SensirionCommand<Sps30Mode>;

const startStopMs = 20;
const commandMs = 5;
const flashMs = 20;
const resetMs = 100;

const productType = "00080000";
const productWords = 4;
const serialWords = 16;
const firmwareWord = 0x0203;

/** The first argument of the start command says how the values are to be written. */
const formats: ReadonlyMap<number, Sps30Format> = new Map([
  [0x0300, "float"],
  [0x0500, "whole"],
]);

/** The command table of the SPS30 data sheet. Registers are read at once, without execution time. */
export function sps30Commands(core: Sps30Core, unit: { readonly serial: string }): readonly Command[] {
  const awake: readonly Sps30Mode[] = ["idle", "measuring"];
  const part = (command: Partial<Command> & { readonly code: number }): Command => ({
    argumentWords: 0,
    executionMs: 0,
    modes: awake,
    ...command,
  });
  return [
    part({
      code: 0x0010,
      argumentWords: 1,
      executionMs: startStopMs,
      modes: ["idle"],
      act: ([word], atMs) => {
        const format = formats.get(word!);
        if (format !== undefined) core.start(format, atMs);
      },
    }),
    part({ code: 0x0104, executionMs: startStopMs, act: (_, atMs) => core.meter.stop(atMs) }),
    part({ code: 0x0202, answer: (_, atMs) => [core.meter.isReady(atMs) ? 1 : 0] }),
    part({ code: 0x0300, modes: ["measuring"], answer: (_, atMs) => core.read(atMs) }),
    part({ code: 0x1001, executionMs: commandMs, modes: ["idle"], act: () => core.sleep() }),
    // The first wake-up only wakes the interface and is not acknowledged, the second one wakes the chip.
    part({ code: 0x1103, modes: ["asleep"], silent: true, act: (_, atMs) => core.stir(atMs) }),
    part({ code: 0x1103, executionMs: commandMs, modes: ["stirred", "idle"], act: () => core.wake() }),
    part({
      code: 0x5607,
      executionMs: commandMs,
      modes: ["measuring"],
      act: (_, atMs) => core.clean(atMs),
    }),
    part({ code: 0x8004, executionMs: commandMs, answer: () => longToWords(core.cleaningSeconds) }),
    part({
      code: 0x8004,
      argumentWords: 2,
      executionMs: flashMs,
      act: ([high, low]) => core.setCleaningSeconds(high! * 2 ** 16 + low!),
    }),
    part({ code: 0xd002, answer: () => textToWords(productType, productWords) }),
    part({ code: 0xd033, answer: () => textToWords(unit.serial, serialWords) }),
    part({ code: 0xd100, answer: () => [firmwareWord] }),
    part({ code: 0xd206, answer: (_, atMs) => longToWords(core.statusAt(atMs)) }),
    part({ code: 0xd210, executionMs: commandMs, act: () => core.clearStatus() }),
    part({ code: 0xd304, executionMs: resetMs, act: () => core.restart() }),
  ];
}
