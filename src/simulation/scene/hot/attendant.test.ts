import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { HotStage, stageCelsius } from "#support/hot-stage.ts";
import { Attendant } from "./attendant.ts";

const tool = { x: 0.5, y: 1, z: 3 };

function worker(): Attendant {
  return new Attendant({
    spot: { x: 0, z: 3 },
    outside: { x: -2.5, z: 0.25 },
    facing: tool,
    stays: [{ fromSeconds: 10, toSeconds: 20 }],
    crouch: 0,
    handAt: () => tool,
    ambientCelsius: stageCelsius,
    random: new Random(1),
  });
}

test("somebody walks in before the work, holds the tool, and walks out after it", () => {
  const person = worker();
  const stage = new HotStage(person);
  assert.equal(person.postureAt(1), null);
  assert.deepEqual(stage.runTo(1).releases(), []);
  const coming = person.postureAt(8)!;
  assert.ok(coming.swing > 0 && coming.x < -0.3 && coming.z < 2.9);
  const working = person.postureAt(15)!;
  assert.equal(working.swing, 0);
  const hand = working.rightHand!;
  const toolAway = Math.hypot(hand.x - tool.x, hand.y - tool.y, hand.z - tool.z);
  assert.ok(toolAway < 0.25, `the hand is ${toolAway} m from the tool`);
  assert.equal(person.postureAt(30), null);
});

test("they look warm as a body does, and breathe while they are there", () => {
  const stage = new HotStage(worker()).runTo(15);
  const { hottestCelsius, warmPixels } = stage.look();
  assert.ok(hottestCelsius > 29 && hottestCelsius < 36, `${hottestCelsius} °C`);
  assert.ok(warmPixels > 30);
  assert.ok(stage.releases()[0]!.co2KilogramsPerSecond > 8e-6);
});
