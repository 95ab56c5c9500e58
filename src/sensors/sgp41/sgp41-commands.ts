import { command, type SensirionCommand } from "../sensirion/command.ts";

/** I2C address of every SGP41. */
export const sgp41Address = 0x59;

/** The commands of the SGP41 (data sheet 1.0, section 4). It has no measuring mode: it measures when asked. */
export const sgp41Commands = {
  executeConditioning: command("execute_conditioning", 0x2612, {
    argumentWords: 2,
    replyWords: 1,
    executionMs: 50,
  }),
  measureRawSignals: command("measure_raw_signals", 0x2619, {
    argumentWords: 2,
    replyWords: 2,
    executionMs: 50,
  }),
  executeSelfTest: command("execute_self_test", 0x280e, { replyWords: 1, executionMs: 320 }),
  turnHeaterOff: command("turn_heater_off", 0x3615, { executionMs: 1 }),
  getSerialNumber: command("get_serial_number", 0x3682, { replyWords: 3, executionMs: 1 }),
} as const satisfies Readonly<Record<string, SensirionCommand>>;
