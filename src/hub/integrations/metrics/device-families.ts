import type { DeviceFacts } from "../device-facts.ts";
import { type MetricFamily, type MetricSample, sample } from "./metric-family.ts";

const levels = ["normal", "prealarm", "alarm"] as const;

type Reader = (facts: DeviceFacts) => number | null | undefined;

/**
 * What is known of each device now. A device that is silent has no level and no measurement, and a sensor that delivers
 * nothing no value: Prometheus then ends the series instead of drawing the last value on.
 */
export function deviceFamilies(devices: readonly DeviceFacts[]): readonly MetricFamily[] {
  const gauge = (name: string, help: string, read: Reader): MetricFamily => ({
    name: `emberwatch_device_${name}`,
    help,
    type: "gauge",
    samples: devices.flatMap((facts) => sample({ device: facts.view.id }, read(facts))),
  });
  const several = (
    name: string,
    help: string,
    samplesOf: (facts: DeviceFacts) => readonly MetricSample[],
  ): MetricFamily => ({
    name: `emberwatch_device_${name}`,
    help,
    type: "gauge",
    samples: devices.flatMap(samplesOf),
  });
  return [
    several("info", "Always 1: name, source and model of a device.", infoOf),
    gauge("up", "1 while a device is heard, 0 while it is silent.", upOf),
    several(
      "level",
      "Alarm level of a device that is heard: 1 at the level it has, 0 at the others.",
      levelsOf,
    ),
    gauge(
      "alarm_standing",
      "1 from an alarm to its reset by the last word of a device, silent or not.",
      alarmOf,
    ),
    several("trouble", "1 for each trouble that stands, by code.", troublesOf),
    gauge(
      "newest_frame_age_seconds",
      "Time since the newest picture that was unlike the one before.",
      (facts) => (facts.standing === "ended" ? null : facts.view.newestFrameAgeSeconds),
    ),
    gauge("newest_air_age_seconds", "Time since the newest reading of the air sensor.", (facts) =>
      facts.standing === "ended" ? null : facts.view.newestAirAgeSeconds,
    ),
    gauge("frames_per_second", "Pictures a second by the device's own count.", (facts) =>
      facts.telemetry === null ? null : facts.view.framesPerSecond,
    ),
    gauge(
      "hottest_celsius",
      "Temperature of the hottest spot of the picture.",
      ({ telemetry }) => telemetry?.hottest?.celsius,
    ),
    gauge(
      "air_temperature_celsius",
      "Temperature of the air.",
      ({ telemetry }) => telemetry?.airTemperatureCelsius,
    ),
    gauge("co2_ppm", "CO2 in the air, parts per million.", ({ telemetry }) => telemetry?.co2Ppm),
    gauge("air_humidity_ratio", "Relative humidity of the air, 0 to 1.", ({ telemetry }) =>
      telemetry?.humidityPercent === undefined || telemetry.humidityPercent === null
        ? null
        : telemetry.humidityPercent / 100,
    ),
    gauge(
      "alarm_nearness_ratio",
      "How near the rules are to an alarm, 0 to 1.",
      ({ telemetry }) => telemetry?.nearness,
    ),
  ];
}

function infoOf({ view }: DeviceFacts): readonly MetricSample[] {
  const { id, name, source, model } = view;
  const modelName = model === undefined ? "unknown" : model === null ? "none" : `${model.name}`;
  return sample({ device: id, name, source, model: modelName }, 1);
}

function upOf({ standing }: DeviceFacts): number | null {
  if (standing === "ended") return null;
  return standing === "heard" ? 1 : 0;
}

function levelsOf({ view, standing }: DeviceFacts): readonly MetricSample[] {
  const { state } = view;
  if (standing !== "heard" || state === null) return [];
  return levels.flatMap((level) => sample({ device: view.id, level }, state.level === level ? 1 : 0));
}

function alarmOf({ view, standing }: DeviceFacts): number | null {
  if (view.state === null || standing === "ended") return null;
  return view.state.level === "alarm" ? 1 : 0;
}

function troublesOf({ view, standing }: DeviceFacts): readonly MetricSample[] {
  const codes: readonly string[] =
    standing === "silent"
      ? ["device-silent"]
      : standing === "ended"
        ? []
        : [...new Set(view.state?.troubles.map(({ code }) => code) ?? [])];
  return codes.flatMap((code) => sample({ device: view.id, code }, 1));
}
