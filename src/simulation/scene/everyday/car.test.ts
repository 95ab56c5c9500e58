import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { hallScene } from "#support/fire-stage.ts";
import { car } from "./car.ts";
import { Drive } from "./drive.ts";

const still = hallScene();

/** The most that a parked car's pipe warms the floor after some minutes. */
function floorKelvin(burn: "soot-burn" | "cold-filter"): number {
  const stops = [
    { x: 0, z: -5 },
    { x: 0, z: 8 },
  ];
  const drive = new Drive({ startSeconds: -20, stops, metresPerSecond: 2, pauseSeconds: null });
  const sootBurn = burn === "soot-burn" ? { fromSeconds: 0, untilSeconds: 600, celsius: 600 } : null;
  const thing = car({
    drive,
    random: new Random(4),
    bodyCelsius: 20,
    roomCelsius: 20,
    engineOffAtSeconds: 600,
    sootBurn,
  });
  for (let i = 1; i <= 400; i += 1) thing.step(1, { seconds: i });
  const excess = new Float32Array(still.depth.length);
  thing.heat?.(still, excess);
  return excess.reduce((most, kelvin) => Math.max(most, kelvin), 0);
}

test("a pipe at 600 °C warms the floor under it within minutes, far more than one that is hot from driving", () => {
  const burning = floorKelvin("soot-burn");
  const driven = floorKelvin("cold-filter");
  assert.ok(burning > 12 && burning < 60, `${burning} K`);
  assert.ok(driven > 0.5 && driven < burning / 2, `${driven} K beside ${burning} K`);
});
