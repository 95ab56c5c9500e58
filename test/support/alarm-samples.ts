import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { nothingWithheld } from "#core/alarm/withheld-level.ts";
import type { EventMessage, HealthMessage, TelemetryMessage } from "#wire/device-messages.ts";

/** A moment in 2025, in microseconds. */
export const sampleMicros = 1_750_000_000_000_000;

/** The state of a device at rest. */
export const stateAtRest: AlarmState = {
  level: "normal",
  sounding: false,
  incident: null,
  lastIncident: null,
  troubles: [],
  supervisory: [],
  gasHazard: [],
  disabled: null,
  disabledRegions: [],
  withheld: nothingWithheld,
  test: null,
  prealarmSeconds: 0,
  alarmSeconds: 0,
  quietSeconds: 0,
  unansweredSeconds: 0,
  lostSeconds: 0,
  remindedAtMicros: null,
  lastStepAtMicros: null,
  sequence: 0,
};

/** An alarm event as a device sends it. */
export function alarmMessage(event: { readonly id: string; readonly sequence: number }): EventMessage {
  return {
    v: 1,
    id: event.id,
    event: {
      type: "level",
      sequence: event.sequence,
      atMicros: sampleMicros + event.sequence * 1_000_000,
      level: "alarm",
      incidentId: "incident-1",
      reasons: [],
      test: false,
    },
  };
}

/** A trouble event as a device sends it. */
export function troubleMessage(event: { readonly id: string; readonly sequence: number }): EventMessage {
  return {
    v: 1,
    id: event.id,
    event: {
      type: "trouble",
      sequence: event.sequence,
      atMicros: sampleMicros + event.sequence * 1_000_000,
      code: "air-silent",
      active: true,
      text: "The air sensor is silent.",
    },
  };
}

/** What a healthy device says of itself. */
export function healthMessage(changes: Partial<HealthMessage> = {}): HealthMessage {
  return {
    v: 1,
    online: true,
    atMicros: sampleMicros,
    name: "Kitchen",
    softwareVersion: "0.1.0",
    source: "camera",
    capabilities: [],
    radiometric: true,
    newestFrameAtMicros: sampleMicros - 100_000,
    newestAirAtMicros: null,
    framesPerSecond: 8.6,
    ...changes,
  };
}

/** One second of a quiet room. */
export function telemetryMessageAt(
  atMicros: number,
  changes: Partial<TelemetryMessage> = {},
): TelemetryMessage {
  return {
    v: 1,
    atMicros,
    features: null,
    hottest: { x: 80, y: 60, celsius: 31.5 },
    co2Ppm: 620,
    airTemperatureCelsius: 21.5,
    humidityPercent: 40,
    nearness: 0,
    validFrames: 9,
    ...changes,
  };
}
