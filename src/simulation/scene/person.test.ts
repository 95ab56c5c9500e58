import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { Kettle } from "./hot-drink.ts";
import { Person, type PersonHabits } from "./person.ts";

const habits: PersonHabits = {
  outside: { x: -1.6, z: 0.9 },
  way: [{ x: 0, z: 3 }],
  seat: { x: -1, z: 4.5 },
  kettle: { x: -1.5, z: 4.6 },
  wayToKettle: [],
};

test("over an hour a person comes, sits, walks and leaves, and never jumps", () => {
  for (let seed = 0; seed < 5; seed += 1) {
    const person = new Person({ habits, random: new Random(seed), begins: "away" });
    let last = person.postureAt(0);
    let comings = 0;
    let seated = 0;
    for (let step = 1; step < 36_000; step += 1) {
      const posture = person.postureAt(step / 10);
      if (last !== null && posture !== null) {
        assert.ok(Math.hypot(posture.x - last.x, posture.z - last.z) < 0.12, `jump at ${step / 10} s`);
        assert.ok(Math.abs(posture.sitting - last.sitting) < 0.2);
      }
      if ((posture === null) !== (last === null)) {
        const at = (posture ?? last)!;
        assert.ok(Math.hypot(at.x - habits.outside.x, at.z - habits.outside.z) < 0.15, "out of view only");
      }
      if (last === null && posture !== null) comings += 1;
      if (posture !== null && posture.sitting > 0.99) seated += 1;
      last = posture;
    }
    assert.ok(comings >= 2, `${comings} comings`);
    assert.ok(seated > 9_000, `${seated / 10} s seated`);
  }
});

test("a hot drink stands on the desk after a visit to the kettle and goes when the person goes", () => {
  const person = new Person({ habits, random: new Random(4), begins: "seated" });
  let drinks = 0;
  for (let seconds = 0; seconds < 7200; seconds += 1) {
    const present = person.isPresent(seconds);
    const poured = person.drinkPouredAtSeconds;
    if (poured === null) continue;
    assert.ok(present, "no drink is left behind");
    assert.ok(person.kettleOnAtSeconds !== null && person.kettleOnAtSeconds < poured);
    drinks += 1;
  }
  assert.ok(drinks > 0);
});

test("a kettle takes 150 s to the boil, cools slowly, and starts from where it is", () => {
  const kettle = new Kettle();
  assert.equal(kettle.heatAt(5), 0);
  kettle.switchOn(10);
  assert.equal(kettle.heatAt(85), 0.5);
  assert.equal(kettle.heatAt(160), 1);
  const cooled = kettle.heatAt(1660);
  assert.ok(Math.abs(cooled - Math.exp(-1)) < 1e-9);
  kettle.switchOn(1660);
  assert.ok(Math.abs(kettle.heatAt(1660) - cooled) < 1e-9);
  assert.ok(kettle.heatAt(1750) > 0.95);
});
