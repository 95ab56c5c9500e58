import { command, type SensirionCommand } from "../sensirion/command.ts";

/** I2C address of every SPS30. */
export const sps30Address = 0x69;

/** Argument of start_measurement: values as IEEE 754 singles. */
export const sps30FloatFormat = 0x0300;

/** The commands of the SPS30 (data sheet, "I2C commands"); short ones take up to 5 ms, starting and stopping 20 ms. */
export const sps30Commands = {
  startMeasurement: command("start_measurement", 0x0010, {
    argumentWords: 1,
    executionMs: 20,
    allowed: "idle",
    effect: "starts",
  }),
  stopMeasurement: command("stop_measurement", 0x0104, { executionMs: 20, effect: "stops" }),
  readDataReady: command("read_data_ready_flag", 0x0202, { replyWords: 1, executionMs: 5 }),
  readMeasuredValues: command("read_measured_values", 0x0300, { replyWords: 20, executionMs: 5 }),
  /** Sent twice: the first wakes the interface, which does not acknowledge it. */
  wakeUp: command("wake_up", 0x1103, { executionMs: 5, acknowledge: "not-expected" }),
  startFanCleaning: command("start_fan_cleaning", 0x5607, { executionMs: 5 }),
  readStatus: command("read_device_status_register", 0xd206, { replyWords: 2, executionMs: 5 }),
  clearStatus: command("clear_device_status_register", 0xd210, { executionMs: 5 }),
  readSerialNumber: command("read_serial_number", 0xd033, { replyWords: 16, executionMs: 5 }),
  reset: command("device_reset", 0xd304, { executionMs: 100, effect: "stops" }),
} as const satisfies Readonly<Record<string, SensirionCommand>>;
