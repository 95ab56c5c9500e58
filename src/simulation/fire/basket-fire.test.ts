import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { BasketFire } from "./basket-fire.ts";

function fire(seed: number): BasketFire {
  return new BasketFire({ random: new Random(seed), rimDiameter: 0.26 });
}

function run(flames: BasketFire, seconds: number): void {
  for (let i = 0; i < seconds * 4; i += 1) flames.step(0.25);
}

test("a basket fire grows with the square of time at about the class fast, and peaks at 30 to 48 kW", () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const flames = fire(seed);
    run(flames, 1);
    const kindling = flames.flameAfter(0).kilowatts;
    assert.ok(kindling > 0.2 && kindling < 1, `${kindling} kW after 1 s`);
    run(flames, 19);
    const grown = (flames.flameAfter(0).kilowatts - kindling) / 400;
    assert.ok(grown > 0.034 && grown < 0.061, `α = ${grown}`);
    run(flames, 30);
    const peak = flames.flameAfter(0).kilowatts;
    assert.ok(peak >= 30 && peak <= 48, `${peak} kW`);
  }
});

test("it burns out when its fuel is used up, having released no more than the fuel holds", () => {
  const flames = fire(1);
  let kilojoules = 0;
  let seconds = 0;
  while (flames.burning && seconds < 3600) {
    flames.step(0.25);
    kilojoules += 0.25 * flames.flameAfter(0).kilowatts;
    seconds += 0.25;
  }
  assert.ok(seconds > 240 && seconds < 1500, `${seconds} s`);
  assert.ok(kilojoules > 11_000 && kilojoules < 12_100, `${kilojoules} kJ`);
});

test("quenched flames are gone within four seconds", () => {
  const flames = fire(2);
  run(flames, 30);
  flames.quench();
  assert.equal(flames.burning, true);
  run(flames, 4);
  assert.equal(flames.burning, false);
});

test("between steps the flame goes on from where it is", () => {
  const one = fire(3);
  run(one, 10);
  const ahead = one.flameAfter(0.25);
  one.step(0.25);
  const there = one.flameAfter(0);
  assert.ok(Math.abs(ahead.kilowatts - there.kilowatts) < 1e-6);
  assert.ok(Math.abs(ahead.diameter - there.diameter) < 1e-6);
});
