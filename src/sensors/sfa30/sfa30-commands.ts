import { command, type SensirionCommand } from "../sensirion/command.ts";

/** I2C address of every SFA30. */
export const sfa30Address = 0x5d;

/** The commands of the SFA30 (data sheet, "I2C commands"). */
export const sfa30Commands = {
  startContinuousMeasurement: command("start_continuous_measurement", 0x0006, {
    executionMs: 1,
    allowed: "idle",
    effect: "starts",
  }),
  stopMeasurement: command("stop_measurement", 0x0104, { executionMs: 50, effect: "stops" }),
  readMeasuredValues: command("read_measured_values", 0x0327, { replyWords: 3, executionMs: 5 }),
  getDeviceMarking: command("get_device_marking", 0xd060, {
    replyWords: 16,
    executionMs: 2,
    allowed: "idle",
  }),
  reset: command("device_reset", 0xd304, { executionMs: 1_000, effect: "stops" }),
} as const satisfies Readonly<Record<string, SensirionCommand>>;
