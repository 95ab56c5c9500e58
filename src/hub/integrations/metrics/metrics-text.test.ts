import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import {
  alarmMessage,
  healthMessage,
  sampleMicros,
  stateAtRest,
  telemetryMessageAt,
  troubleMessage,
} from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { missing, pathOf, promtool } from "#support/outside-program.ts";
import { DeviceRegistry, silentAfterMs } from "../../device-registry.ts";
import { DeviceFactsKeeper } from "../device-facts.ts";
import { EventCounts } from "./event-counts.ts";
import { metricsText } from "./metrics-text.ts";

function stage() {
  const clock = new ManualClock(sampleMicros);
  const registry = new DeviceRegistry(clock, () => {});
  const facts = new DeviceFactsKeeper(clock, () => registry.views());
  const counts = new EventCounts();
  const hear = (id: string, changes: Parameters<typeof telemetryMessageAt>[1] = {}): void => {
    const telemetry = telemetryMessageAt(clock.nowMicros(), changes);
    registry.hearTelemetry(id, telemetry);
    facts.hearTelemetry(id, telemetry);
  };
  const say = (id: string, state: AlarmState): void => {
    registry.hearState(id, { v: 1, atMicros: clock.nowMicros(), state });
  };
  const scrape = (parts: Record<string, string | null> = { store: null, broker: null }): string =>
    metricsText({
      devices: facts.now(),
      zones: [],
      counts,
      hub: {
        version: "0.1.0",
        parts,
        refusedMessages: 3,
        process: { startedAtSeconds: 1.5e9, cpuSeconds: 12.5, residentBytes: 1e8, heapUsedBytes: 5e7 },
      },
    });
  return { clock, registry, counts, hear, say, scrape };
}

/** Values of one metric by the text of their labels. */
function valuesOf(text: string, name: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(name.length, at), Number(line.slice(at + 1))];
    }),
  );
}

const kitchen = '{device="kitchen"}';

test("a device that is heard has its level and its measurements", () => {
  const { registry, hear, say, scrape } = stage();
  registry.hearHealth("kitchen", healthMessage());
  say("kitchen", { ...stateAtRest, level: "prealarm" });
  hear("kitchen");
  const text = scrape();
  assert.deepEqual(valuesOf(text, "emberwatch_device_up"), { [kitchen]: 1 });
  assert.deepEqual(valuesOf(text, "emberwatch_device_hottest_celsius"), { [kitchen]: 31.5 });
  assert.deepEqual(valuesOf(text, "emberwatch_device_co2_ppm"), { [kitchen]: 620 });
  assert.deepEqual(valuesOf(text, "emberwatch_device_air_humidity_ratio"), { [kitchen]: 0.4 });
  assert.deepEqual(valuesOf(text, "emberwatch_device_level"), {
    '{device="kitchen",level="normal"}': 0,
    '{device="kitchen",level="prealarm"}': 1,
    '{device="kitchen",level="alarm"}': 0,
  });
});

test("a silent device has no level and no measurement, and says that it is silent", () => {
  const { clock, registry, hear, say, scrape } = stage();
  registry.hearHealth("kitchen", healthMessage());
  say("kitchen", { ...stateAtRest, level: "alarm" });
  hear("kitchen");
  clock.advanceMs(silentAfterMs + 1);
  registry.checkSilence();
  const text = scrape();
  assert.deepEqual(valuesOf(text, "emberwatch_device_up"), { [kitchen]: 0 });
  for (const name of ["level", "hottest_celsius", "co2_ppm", "frames_per_second", "alarm_nearness_ratio"])
    assert.deepEqual(valuesOf(text, `emberwatch_device_${name}`), {}, name);
  assert.deepEqual(valuesOf(text, "emberwatch_device_trouble"), {
    '{device="kitchen",code="device-silent"}': 1,
  });
  // An alarm holds until somebody resets it, and that nobody has is known of a silent device, too.
  assert.deepEqual(valuesOf(text, "emberwatch_device_alarm_standing"), { [kitchen]: 1 });
});

test("what was measured before an interruption does not come back with the connection", () => {
  const { clock, registry, hear, scrape } = stage();
  registry.hearHealth("kitchen", healthMessage());
  hear("kitchen");
  registry.hearHealth("kitchen", healthMessage({ online: false }));
  clock.advanceMs(60_000);
  registry.hearHealth("kitchen", healthMessage());
  assert.deepEqual(valuesOf(scrape(), "emberwatch_device_up"), { [kitchen]: 1 });
  assert.deepEqual(valuesOf(scrape(), "emberwatch_device_hottest_celsius"), {});
});

test("a sensor that delivers nothing has no value, and a device that never said its state no level", () => {
  const { registry, hear, scrape } = stage();
  registry.hearHealth("kitchen", healthMessage());
  hear("kitchen", { co2Ppm: null, hottest: null, humidityPercent: null });
  const text = scrape();
  for (const name of ["co2_ppm", "hottest_celsius", "air_humidity_ratio", "level", "alarm_standing"])
    assert.deepEqual(valuesOf(text, `emberwatch_device_${name}`), {}, name);
  assert.deepEqual(valuesOf(text, "emberwatch_device_air_temperature_celsius"), { [kitchen]: 21.5 });
});

test("alarms and troubles are counted, and a test is no alarm", () => {
  const { counts, scrape } = stage();
  counts.count("kitchen", alarmMessage({ id: "event-01", sequence: 1 }));
  counts.count("kitchen", alarmMessage({ id: "event-02", sequence: 2 }));
  counts.count("kitchen", troubleMessage({ id: "event-03", sequence: 3 }));
  const tested = alarmMessage({ id: "event-04", sequence: 4 });
  counts.count("kitchen", { ...tested, event: { ...tested.event, test: true } as typeof tested.event });
  const text = scrape();
  assert.deepEqual(valuesOf(text, "emberwatch_alarms_total"), { [kitchen]: 2 });
  assert.deepEqual(valuesOf(text, "emberwatch_troubles_total"), {
    '{device="kitchen",code="air-silent"}': 1,
  });
  assert.equal(valuesOf(text, "emberwatch_events_total")['{device="kitchen",type="level"}'], 3);
});

test("a part of the hub that fails is 0", () => {
  const { scrape } = stage();
  const text = scrape({ store: "The store is closed.", broker: null });
  assert.deepEqual(valuesOf(text, "emberwatch_hub_part_up"), { '{part="store"}': 0, '{part="broker"}': 1 });
  assert.deepEqual(valuesOf(text, "emberwatch_refused_messages_total"), { "": 3 });
});

test("promtool finds nothing to say about the metrics", { skip: missing(promtool) }, () => {
  const { registry, counts, hear, say, scrape } = stage();
  registry.hearHealth("kitchen", healthMessage({ name: 'A "quoted" \\ name\nof two lines' }));
  registry.hearHealth("attic", healthMessage({ online: false }));
  const trouble = { code: "air-silent", text: "The air sensor is silent.", sinceMicros: 1 } as const;
  say("kitchen", { ...stateAtRest, troubles: [trouble] });
  hear("kitchen");
  counts.count("kitchen", alarmMessage({ id: "event-01", sequence: 1 }));
  const answer = execFileSync(pathOf(promtool)!, ["check", "metrics"], { input: scrape(), encoding: "utf8" });
  assert.equal(answer, "");
});
