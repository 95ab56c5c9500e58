import assert from "node:assert/strict";
import { test } from "node:test";
import { healthMessage, sampleMicros, stateAtRest, telemetryMessageAt } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { alarmStateSchema, troubleCodeSchema } from "#wire/alarm-schemas.ts";
import { DeviceRegistry, silentAfterMs } from "../../device-registry.ts";
import { DeviceFactsKeeper } from "../device-facts.ts";
import {
  modbusBase,
  modbusBlockSize,
  type RegisterFacts,
  registerBlocks,
  unknownSigned,
  unknownUnsigned,
} from "./register-map.ts";
import { troubleBits } from "./trouble-bits.ts";

function stage() {
  const clock = new ManualClock(sampleMicros);
  const registry = new DeviceRegistry(clock, () => {});
  const facts = new DeviceFactsKeeper(clock, () => registry.views());
  const hear = (id: string, changes: Parameters<typeof telemetryMessageAt>[1] = {}): void => {
    const telemetry = telemetryMessageAt(clock.nowMicros(), changes);
    registry.hearTelemetry(id, telemetry);
    facts.hearTelemetry(id, telemetry);
  };
  /** The registers of some devices, by name; the hub's first. */
  const read = (...ids: readonly string[]): readonly (readonly number[])[] => {
    const known = facts.now();
    const given: RegisterFacts = {
      upSeconds: 70_000,
      nowMicros: clock.nowMicros(),
      partsWorking: [true, false, true],
      devices: ids.map((id) => known.find(({ view }) => view.id === id)),
      zones: [undefined],
    };
    const [hub, devices, zones] = registerBlocks(given);
    const size = modbusBlockSize.device;
    return [
      hub!.values,
      ...ids.map((_id, slot) => devices!.values.slice(slot * size, (slot + 1) * size)),
      zones!.values,
    ];
  };
  return { clock, registry, hear, read };
}

test("a device that is heard has its level, its figures and its troubles", () => {
  const { registry, hear, read } = stage();
  registry.hearHealth("kitchen", healthMessage());
  const troubles = [
    { code: "camera-covered", text: "Covered.", sinceMicros: 1 },
    { code: "link-down", text: "Down.", sinceMicros: 1 },
  ] as const;
  const state = { ...stateAtRest, level: "alarm", sounding: true, troubles } as const;
  registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state });
  hear("kitchen", { airTemperatureCelsius: -4.25 });
  const [hub, kitchen] = read("kitchen");
  assert.deepEqual(kitchen!.slice(0, 12), [
    3,
    1,
    1,
    0b10000010,
    1,
    315,
    0x10000 - 42,
    620,
    400,
    0,
    0xffff,
    2,
  ]);
  assert.deepEqual(hub!.slice(0, 8), [1, 70_000 - 0x10000, 0b010, 1, 1, 3, 0, 0]);
});

test("a device that fell silent is unknown and not normal, and its alarm is not forgotten", () => {
  const { clock, registry, hear, read } = stage();
  registry.hearHealth("kitchen", healthMessage());
  registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state: { ...stateAtRest, level: "alarm" } });
  hear("kitchen");
  clock.advanceMs(silentAfterMs + 1_000);
  registry.checkSilence();
  const [hub, kitchen] = read("kitchen");
  assert.deepEqual(kitchen!.slice(0, 9), [
    0,
    0,
    1,
    1,
    0,
    unknownSigned,
    unknownSigned,
    unknownUnsigned,
    unknownUnsigned,
  ]);
  assert.equal(kitchen![11], 2);
  assert.deepEqual(hub!.slice(5, 7), [0, 1]);
});

test("a device and a zone that nobody has heard of read as unknown", () => {
  const { read } = stage();
  const [, cellar, zones] = read("cellar");
  assert.deepEqual(cellar!.slice(0, 4), [0, 0, 0, 1]);
  assert.deepEqual(zones!.slice(0, 4), [0, 0, 0, unknownUnsigned]);
});

test("all is normal only where nothing is unknown", () => {
  const { registry, hear, read } = stage();
  for (const id of ["kitchen", "attic"]) {
    registry.hearHealth(id, healthMessage());
    hear(id);
  }
  registry.hearState("kitchen", { v: 1, atMicros: sampleMicros, state: stateAtRest });
  assert.equal(read("kitchen")[0]![5], 1);
  assert.equal(read("kitchen", "attic")[0]![5], 0);
  registry.hearState("attic", { v: 1, atMicros: sampleMicros, state: { ...stateAtRest, level: "prealarm" } });
  assert.equal(read("kitchen", "attic", "cellar")[0]![5], 2);
});

test("a device's heartbeat moves with each second that has a picture, and with nothing else", () => {
  const { clock, registry, hear, read } = stage();
  registry.hearHealth("kitchen", healthMessage());
  const beats = (): number => read("kitchen")[1]![2]!;
  hear("kitchen");
  assert.equal(beats(), 1);
  // The same second again, a second without pictures, and time alone.
  hear("kitchen");
  clock.advanceMs(1_000);
  hear("kitchen", { validFrames: 0 });
  registry.hearHealth("kitchen", healthMessage());
  clock.advanceMs(1_000);
  assert.equal(beats(), 1);
  hear("kitchen");
  assert.equal(beats(), 2);
});

test("each trouble has one bit, below the one for an unknown state", () => {
  const codes = alarmStateSchema.parse(stateAtRest).troubles.map(({ code }) => code);
  assert.equal(troubleBits(codes), 0);
  for (const code of ["camera-silent", "air-stuck", "sgp41-fault", "self-test-overdue"] as const) {
    const bits = troubleBits([troubleCodeSchema.parse(code)]);
    assert.equal(bits & (bits - 1), 0, code);
    assert.ok(bits > 0 && bits < 1 << 14, code);
  }
});

test("the blocks do not overlap, whatever is configured", () => {
  const many = Array.from({ length: 64 }, () => undefined);
  const blocks = registerBlocks({
    upSeconds: 0,
    nowMicros: 0,
    partsWorking: [],
    devices: many,
    zones: many,
  });
  assert.deepEqual(
    blocks.map(({ first, values }) => [first, first + values.length]),
    [
      [modbusBase.hub, 16],
      [modbusBase.device, 3_048],
      [modbusBase.zone, 5_024],
    ],
  );
});
