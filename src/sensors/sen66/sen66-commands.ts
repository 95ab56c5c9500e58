import { command, type SensirionCommand } from "../sensirion/command.ts";

/** I2C address of every SEN66. */
export const sen66Address = 0x6b;

/** The commands of the SEN66 (data sheet and the maker's driver); those without another time take 20 ms. */
export const sen66Commands = {
  startContinuousMeasurement: command("start_continuous_measurement", 0x0021, {
    executionMs: 50,
    allowed: "idle",
    effect: "starts",
  }),
  stopMeasurement: command("stop_measurement", 0x0104, { executionMs: 1_000, effect: "stops" }),
  getDataReady: command("get_data_ready", 0x0202, { replyWords: 1, executionMs: 20 }),
  readMeasuredValues: command("read_measured_values", 0x0300, { replyWords: 9, executionMs: 20 }),
  setAscEnabled: command("set_co2_automatic_self_calibration", 0x6711, {
    argumentWords: 1,
    executionMs: 20,
    allowed: "idle",
  }),
  getAscEnabled: command("get_co2_automatic_self_calibration", 0x6711, {
    replyWords: 1,
    executionMs: 20,
    allowed: "idle",
  }),
  getSerialNumber: command("get_serial_number", 0xd033, { replyWords: 16, executionMs: 20 }),
  readStatus: command("read_device_status", 0xd206, { replyWords: 2, executionMs: 20 }),
  readAndClearStatus: command("read_and_clear_device_status", 0xd210, { replyWords: 2, executionMs: 20 }),
  reset: command("device_reset", 0xd304, { executionMs: 1_200, effect: "stops" }),
} as const satisfies Readonly<Record<string, SensirionCommand>>;
