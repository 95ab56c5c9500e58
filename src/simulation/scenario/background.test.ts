import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { stageBackground } from "./background.ts";
import { drawClimate } from "./climate.ts";
import { nothingBurns } from "./everyday/nothing-burns.ts";
import { randomStreams } from "./random-streams.ts";
import { roomTemplates } from "./rooms/room-templates.ts";
import { drawVariation } from "./variation.ts";

function background(seed: number, igniteAtSeconds = 40): ReturnType<typeof stageBackground> {
  const random = randomStreams(seed);
  const climate = drawClimate(random("climate"));
  return stageBackground(
    {
      room: roomTemplates.livingRoom.draw(random("room"), climate),
      climate,
      variation: drawVariation(new Random(seed), "plume"),
      seconds: 120,
      igniteAtSeconds,
      random,
    },
    nothingBurns({ things: [] }),
  );
}

test("some rooms are quiet, others have people, warm things, sun or ventilation", () => {
  const seeds = Array.from({ length: 150 }, (_, seed) => background(seed));
  const share = (has: (one: (typeof seeds)[number]) => boolean): number =>
    seeds.filter(has).length / seeds.length;
  const kind = (name: string) => (one: (typeof seeds)[number]) =>
    one.things.some((thing) => thing.constructor.name === name);
  const shares = {
    quiet: share((one) => one.things.length === 0),
    people: share(kind("Walker")),
    sun: share(kind("SunPatch")),
    ventilation: share(kind("SupplyAir")),
    warm: share(kind("WarmedBox")),
  };
  const says = JSON.stringify(shares);
  assert.ok(shares.quiet > 0.12 && shares.quiet < 0.45, says);
  assert.ok(shares.people > 0.3 && shares.people < 0.6, says);
  assert.ok(shares.sun > 0.04 && shares.sun < 0.25, says);
  assert.ok(shares.ventilation > 0.06 && shares.ventilation < 0.28, says);
  assert.ok(shares.warm > 0.12, says);
});

test("when a fire begins makes no difference to the background", () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const early = background(seed, 10);
    const late = background(seed, 90);
    assert.deepEqual(early.boxes, late.boxes);
    assert.deepEqual(
      early.things.map(({ place }) => place),
      late.things.map(({ place }) => place),
    );
  }
});
