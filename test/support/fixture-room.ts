import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { Reason } from "#core/alarm/reason.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView, EventPage, History } from "#wire/hub-api.ts";
import type { ModelIdentity, ModelReadingMessage } from "#wire/model-messages.ts";

/** An event as it stands in the hub's log. */
export type FixtureEvent = EventPage["events"][number];

/** A device that is online and quiet. */
export function fixtureView(id: string, change: Partial<DeviceView> = {}): DeviceView {
  return {
    id,
    name: id,
    source: "emulated",
    online: true,
    capabilities: [],
    radiometric: true,
    newestFrameAgeSeconds: 0.1,
    newestAirAgeSeconds: 2,
    framesPerSecond: 8.7,
    state: initialAlarmState(),
    silentSinceMicros: null,
    telemetry: null,
    ...change,
  };
}

/** A second of a quiet room. */
export function fixtureTelemetry(atMicros: number, change: Partial<TelemetryMessage> = {}): TelemetryMessage {
  return {
    v: 1,
    atMicros,
    features: null,
    hottest: { x: 62, y: 46, celsius: 34.1 },
    co2Ppm: 640,
    airTemperatureCelsius: 22.4,
    humidityPercent: 41,
    nearness: 0.02,
    validFrames: 9,
    ...change,
  };
}

/** The model of a room. */
export const fixtureModel: ModelIdentity = {
  name: "fires",
  hash: "0123456789abcdef".repeat(4),
  trust: "unsigned",
  featureSchema: "lepton15-scd3-region13/1",
  rows: 50_000,
  episodes: 900,
  codeVersion: "0.1.0",
};

/** What it says of a quiet second. */
export const fixtureReading: ModelReadingMessage = {
  packageHash: fixtureModel.hash,
  outcome: "judged",
  sensors: "fused",
  probability: 0,
  airBurning: null,
  regions: [],
};

/** The reason a fire is given in these tests. */
export const fixtureReason: Reason = {
  code: "severe-heat",
  text: "A region of 14 pixels has been at 140 °C or more for 5 s.",
  value: 14,
  limit: 4,
  unit: "pixels",
  location: { x: 128, y: 88 },
};

/** The alarm state of a room that burns since `atMicros`. */
export function burningState(atMicros: number, change: Partial<AlarmState> = {}): AlarmState {
  return {
    ...initialAlarmState(),
    level: "alarm",
    sounding: true,
    incident: {
      id: "incident-1",
      startedAtMicros: atMicros,
      firstAlarmAtMicros: atMicros,
      firstReasons: [fixtureReason],
      reasons: [fixtureReason],
      places: [],
      acknowledged: null,
      silenced: null,
      alarms: 1,
    },
    ...change,
  };
}

/** An event as the hub logs it. */
export function fixtureEvent(device: string, event: AlarmEvent): FixtureEvent {
  return { device, v: 1, id: `${device}-event-${event.sequence}`, event };
}

/** A quarter of an hour of a quiet room, a moment every `everySeconds`. */
export function fixtureHistory(toMicros: number, everySeconds: number): History {
  const moments = Math.floor(900 / everySeconds);
  const points = Array.from({ length: moments }, (_, index) => ({
    atMicros: toMicros - (moments - index) * everySeconds * 1_000_000,
    hottestCelsius: 33 + 1.4 * Math.sin(index / 17) + 0.3 * Math.sin(index * 1.7),
    co2Ppm: 560 + index * (90 / moments) + 6 * Math.sin(index / 3),
    airTemperatureCelsius: 22 + 0.4 * Math.sin(index / 60),
    humidityPercent: 41 - 1.5 * Math.sin(index / 80),
    nearness: Math.max(0, 0.02 + 0.015 * Math.sin(index / 5)),
  }));
  return { points };
}

const condition = { by: "Anna", reason: "Welding", atMicros: 1, expiresAtMicros: 4e15 };
const quiet = initialAlarmState();

/** For each lamp a state in which it alone is on. */
export const lampStates = {
  fire: burningState(1),
  prealarm: { ...burningState(1), level: "prealarm" },
  "gas-hazard": { ...quiet, gasHazard: [fixtureReason] },
  supervisory: { ...quiet, supervisory: [fixtureReason] },
  trouble: {
    ...quiet,
    troubles: [{ code: "air-silent", text: "The CO2 sensor is silent.", sinceMicros: 1 }],
  },
  disabled: { ...quiet, disabled: condition },
  test: { ...quiet, test: condition },
} as const;
