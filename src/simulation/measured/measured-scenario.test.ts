import assert from "node:assert/strict";
import { test } from "node:test";
import { Episode } from "../scenario/episode.ts";
import { radianceToCelsius } from "../scene/band-radiance.ts";
import { renderStillScene } from "../scene/still-scene.ts";
import { measuredScenario } from "./measured-scenario.ts";

/** A measured fire of 450 kW from its first second on. */
function measured(): Episode {
  const kilowatts = Array.from({ length: 60 }, () => 450);
  const scenario = measuredScenario({ kilowatts, igniteAtSeconds: 2, distanceMetres: 5 });
  const options = { scenario, seed: 1, fire: "as-staged", flameRenderer: "plume", seconds: 40 } as const;
  return new Episode({ ...options, background: "none" });
}

test("what burns is as wide as its flame, and gets hot as the floor around it does", () => {
  const episode = measured();
  const [box] = episode.staging.boxes;
  // 450 kW of wood at 350 kW/m² burn on a disc of 1.28 m, of which 1.2 m are the most that is shown.
  assert.ok(box !== undefined && Math.abs(box.high.x - box.low.x - 1.2) < 1e-9);
  const radiance = episode.radianceAt(35);
  const { boxes, normals, celsius } = renderStillScene(episode.space, episode.random("surfaces"));
  const front = [...boxes.keys()].filter((i) => boxes[i] === 0 && normals[3 * i + 2] === -1);
  const warming = front.map((i) => radianceToCelsius(radiance[i]!) - celsius[i]!).toSorted((a, b) => a - b);
  // Its lowest part, which no flame stands before.
  const low = warming[Math.floor(warming.length / 10)]!;
  assert.ok(front.length > 50 && low > 5, `${low} K after half a minute`);
});
