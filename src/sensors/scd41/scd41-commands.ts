import { command, type SensirionCommand } from "../sensirion/command.ts";

/** I2C address of every SCD4x; it cannot be changed. */
export const scd41Address = 0x62;

/**
 * Every command of the SCD4x (data sheet 1.5, section 3, and the maker's driver of 2025). Where sources disagree about
 * a time the longer one stands: 30 ms for reinit and wake-up (older sheets 20). ASC is automatic self-calibration,
 * FRC forced recalibration.
 */
export const scd41Commands = {
  startPeriodicMeasurement: command("start_periodic_measurement", 0x21b1, {
    allowed: "idle",
    effect: "starts",
  }),
  readMeasurement: command("read_measurement", 0xec05, { replyWords: 3, executionMs: 1 }),
  stopPeriodicMeasurement: command("stop_periodic_measurement", 0x3f86, {
    executionMs: 500,
    effect: "stops",
  }),
  startLowPowerPeriodicMeasurement: command("start_low_power_periodic_measurement", 0x21ac, {
    allowed: "idle",
    effect: "starts",
  }),
  getDataReadyStatus: command("get_data_ready_status", 0xe4b8, { replyWords: 1, executionMs: 1 }),
  measureSingleShot: command("measure_single_shot", 0x219d, { executionMs: 5_000, allowed: "idle" }),
  measureSingleShotRhtOnly: command("measure_single_shot_rht_only", 0x2196, {
    executionMs: 50,
    allowed: "idle",
  }),
  setTemperatureOffset: setting("set_temperature_offset", 0x241d),
  getTemperatureOffset: question("get_temperature_offset", 0x2318),
  setSensorAltitude: setting("set_sensor_altitude", 0x2427),
  getSensorAltitude: question("get_sensor_altitude", 0x2322),
  setAmbientPressure: command("set_ambient_pressure", 0xe000, { argumentWords: 1, executionMs: 1 }),
  getAmbientPressure: command("get_ambient_pressure", 0xe000, { replyWords: 1, executionMs: 1 }),
  performForcedRecalibration: command("perform_forced_recalibration", 0x362f, {
    argumentWords: 1,
    replyWords: 1,
    executionMs: 400,
    allowed: "idle",
  }),
  setAscEnabled: setting("set_automatic_self_calibration_enabled", 0x2416),
  getAscEnabled: question("get_automatic_self_calibration_enabled", 0x2313),
  setAscTarget: setting("set_automatic_self_calibration_target", 0x243a),
  getAscTarget: question("get_automatic_self_calibration_target", 0x233f),
  setAscInitialPeriod: setting("set_automatic_self_calibration_initial_period", 0x2445),
  getAscInitialPeriod: question("get_automatic_self_calibration_initial_period", 0x2340),
  setAscStandardPeriod: setting("set_automatic_self_calibration_standard_period", 0x244e),
  getAscStandardPeriod: question("get_automatic_self_calibration_standard_period", 0x234b),
  persistSettings: command("persist_settings", 0x3615, { executionMs: 800, allowed: "idle" }),
  getSerialNumber: command("get_serial_number", 0x3682, { replyWords: 3, executionMs: 1, allowed: "idle" }),
  performSelfTest: command("perform_self_test", 0x3639, {
    replyWords: 1,
    executionMs: 10_000,
    allowed: "idle",
  }),
  performFactoryReset: command("perform_factory_reset", 0x3632, { executionMs: 1_200, allowed: "idle" }),
  reinit: command("reinit", 0x3646, { executionMs: 30, allowed: "idle" }),
  getSensorVariant: question("get_sensor_variant", 0x202f),
  powerDown: command("power_down", 0x36e0, { executionMs: 1, allowed: "idle" }),
  wakeUp: command("wake_up", 0x36f6, { executionMs: 30, acknowledge: "not-expected" }),
} as const satisfies Readonly<Record<string, SensirionCommand>>;

function setting(name: string, code: number): SensirionCommand {
  return command(name, code, { argumentWords: 1, executionMs: 1, allowed: "idle" });
}

function question(name: string, code: number): SensirionCommand {
  return command(name, code, { replyWords: 1, executionMs: 1, allowed: "idle" });
}
