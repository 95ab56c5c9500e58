import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { WireCondition } from "../sensirion/wire-health.ts";

/** A fault that only the SCD41's driver can know of. */
export type Scd41FaultName = WireCondition | "self-calibration" | "wrong-sensor";

/** Codes and sentences of the driver's faults. */
export const scd41Faults: Readonly<
  Record<Scd41FaultName, { readonly code: TroubleCode; readonly text: string; readonly restoredText: string }>
> = {
  "not-answering": {
    code: "air-not-answering",
    text: "The air sensor (SCD41) does not answer: check its four wires, its supply and that I2C is switched on. The room's air is not watched.",
    restoredText: "The air sensor (SCD41) answers again.",
  },
  "wrong-checksums": {
    code: "air-checksum-errors",
    text: "The air sensor's (SCD41) data arrives damaged and is thrown away: shorten its cable, check its connectors and keep it away from power cables.",
    restoredText: "The air sensor's (SCD41) data arrives undamaged again.",
  },
  "self-calibration": {
    code: "air-self-calibration",
    text: "The air sensor's (SCD41) automatic self-calibration was found on and is being switched off: its CO2 may read too low, so recalibrate it (emberwatch doctor scd41 --recalibrate 420).",
    restoredText: "The air sensor's (SCD41) automatic self-calibration is off.",
  },
  "wrong-sensor": {
    code: "air-wrong-sensor",
    text: "The chip in the air sensor's place is an SCD40 or SCD42, which measures less exactly and only to 2,000 ppm: put an SCD41 there.",
    restoredText: "The air sensor is an SCD41 or SCD43.",
  },
};
