import { isThermal } from "#core/alarm/reason.ts";
import type { DeviceFacts } from "../device-facts.ts";

/** What a binary sensor says; null is unknown, and never taken for "OFF". */
export type OnOff = "ON" | "OFF" | null;

/** All values of a device as Home Assistant gets them, in one message. */
export interface DeviceValues {
  /** FIRE stands. */
  readonly fire: OnOff;
  /** The picture has raised a prealarm or FIRE. */
  readonly heat: OnOff;
  /** The air has raised a gas hazard. */
  readonly gas: OnOff;
  /** A trouble stands, or the device is silent; always known. */
  readonly problem: "ON" | "OFF";
  /** A sentence for each trouble. */
  readonly troubles: readonly string[];
  readonly hottestCelsius: number | null;
  readonly airCelsius: number | null;
  readonly co2Ppm: number | null;
  readonly humidityPercent: number | null;
}

/** What a device's values are now. What a silent device last said is unknown here. */
export function deviceValues({ view, standing, telemetry }: DeviceFacts): DeviceValues {
  const state = standing === "heard" ? view.state : null;
  const troubles =
    standing === "silent"
      ? ["The device is silent: nothing is known of its room."]
      : (state?.troubles.map(({ text }) => text) ?? []);
  return {
    fire: state === null ? null : onOff(state.level === "alarm"),
    heat: state === null ? null : heatOf(state),
    gas: state === null ? null : onOff(state.gasHazard.length > 0),
    problem: troubles.length > 0 ? "ON" : "OFF",
    troubles,
    hottestCelsius: telemetry?.hottest?.celsius ?? null,
    airCelsius: telemetry?.airTemperatureCelsius ?? null,
    co2Ppm: telemetry?.co2Ppm ?? null,
    humidityPercent: telemetry?.humidityPercent ?? null,
  };
}

function heatOf({ level, incident }: NonNullable<DeviceFacts["view"]["state"]>): OnOff {
  if (level === "normal") return "OFF";
  const reasons = incident === null ? [] : [...incident.firstReasons, ...incident.reasons];
  // A level without its reasons is told rather than hidden.
  return onOff(reasons.length === 0 || reasons.some(isThermal));
}

function onOff(value: unknown): "ON" | "OFF" {
  return value === true ? "ON" : "OFF";
}

/** Changes of this are told at once; figures alone that move are told by the clock. */
export function urgentPart(values: DeviceValues): string {
  const { hottestCelsius, airCelsius, co2Ppm, humidityPercent, ...rest } = values;
  const known = [hottestCelsius, airCelsius, co2Ppm, humidityPercent].map((value) => value !== null);
  return JSON.stringify({ ...rest, known });
}
