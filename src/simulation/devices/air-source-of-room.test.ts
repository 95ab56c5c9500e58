import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { SensirionMaster } from "#support/sensirion-master.ts";
import { LiveRoom } from "../demo/live-room.ts";
import { airSourceOfRoom } from "./air-source-of-room.ts";
import { EmulatedScd41 } from "./emulated-scd41.ts";
import { ticksToCelsius } from "./emulated-sensirion-words.ts";

test("an SCD41 in an emulated room reads the room's air, and sees its CO2 rise when it burns", () => {
  const clock = new ManualClock();
  const room = new LiveRoom({ seed: 3, startMicros: clock.nowMicros(), kind: "workshop" });
  const chip = new EmulatedScd41({ clock, air: airSourceOfRoom({ room, clock }) });
  const master = new SensirionMaster(chip, clock);
  const read = (): number[] => {
    clock.advanceMs(4_999);
    return master.ask(0xec05, { words: 3, waitMs: 1 });
  };
  master.send(0x21b1);
  clock.advanceMs(10);
  const [co2, temperature] = read();
  assert.ok(co2! > 300 && co2! < 600, `${co2} ppm`);
  assert.ok(Math.abs(ticksToCelsius(temperature!) - 19) < 2);
  room.ignite();
  let last = co2!;
  for (let i = 0; i < 48; i += 1) last = read()[0]!;
  assert.ok(last > co2! + 300, `${co2} to ${last} ppm`);
});
