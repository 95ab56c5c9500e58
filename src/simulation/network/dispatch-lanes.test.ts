import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { SimulatedClock } from "#core/simulated-clock.ts";
import { DispatchLanes, type Reordering } from "./dispatch-lanes.ts";

const often: Reordering = { heldShare: 0.5, heldMsMax: 100, lateShare: 0, lateMsMax: 0 };

/** Pushes 40 messages on two lanes in turn, a millisecond apart; what came out as "lane number". */
function pushed(reordering: Reordering | null, seed: number): readonly string[] {
  const clock = new SimulatedClock(0);
  const lanes = new DispatchLanes({ clock, random: new Random(seed) });
  const out: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    const lane = n % 2 === 0 ? "even" : "odd";
    lanes.push(lane, reordering, () => out.push(`${lane} ${n}`));
    clock.advanceMs(1);
  }
  clock.advanceMs(1_000);
  return out;
}

const numberOf = (said: string): number => Number(said.split(" ")[1]);

test("what is in one lane stays in order, what is in different lanes overtakes each other, and nothing is lost", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const out = pushed(often, seed);
    assert.equal(out.length, 40);
    for (const lane of ["even", "odd"]) {
      const numbers = out.filter((said) => said.startsWith(lane)).map(numberOf);
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => a - b),
      );
    }
    assert.notDeepEqual(
      out,
      out.toSorted((one, other) => numberOf(one) - numberOf(other)),
    );
  }
});

test("without reordering everything is handed on at once", () => {
  assert.deepEqual(pushed(null, 1).map(numberOf), [...Array(40).keys()]);
});

test("what waits in a lane can be dropped", () => {
  const clock = new SimulatedClock(0);
  const lanes = new DispatchLanes({ clock, random: new Random(1) });
  const out: string[] = [];
  const always = { ...often, heldShare: 1 };
  lanes.push("one", always, () => out.push("one"));
  lanes.push("other", always, () => out.push("other"));
  lanes.drop("one");
  clock.advanceMs(1_000);
  assert.deepEqual(out, ["other"]);
});
