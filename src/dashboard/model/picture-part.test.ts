import assert from "node:assert/strict";
import { test } from "node:test";
import { rectangleOutline } from "#core/regions/outline.ts";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { pictureParts } from "./picture-part.ts";

const condition = { by: "Anna", reason: "Welding", atMicros: 1, expiresAtMicros: 2 };
const elsewhere = rectangleOutline({ left: 90, top: 90, width: 10, height: 10 });

test("regions come before what was drawn to be disabled, and proposals last; numbers go through", () => {
  const disabled = [{ ...condition, name: "lathe", outline: elsewhere }];
  const parts = pictureParts(fixtureRegions, { disabled, hidden: [] });
  assert.deepEqual(
    parts.map(({ number, name, kind }) => `${number} ${name} ${kind}`),
    ["1 window mask", "2 stove hot-zone", "3 lathe drawn", "4 proposed proposal"],
  );
});

test("a region that is disabled stands once; its name drawn elsewhere is a part of its own", () => {
  const { outline } = fixtureRegions.regions[1]!;
  const here = { ...condition, name: "stove", outline };
  const there = { ...condition, name: "stove", outline: elsewhere };
  const [, stove] = pictureParts(fixtureRegions, { disabled: [here], hidden: [] });
  assert.deepEqual([stove?.kind, stove?.disabled], ["hot-zone", here]);
  const parts = pictureParts(fixtureRegions, { disabled: [there], hidden: [] });
  assert.equal(parts[1]?.disabled, null);
  assert.deepEqual([parts[2]?.kind, parts[2]?.outline], ["drawn", elsewhere]);
});

test("a hidden proposal is left out, and what is disabled is shown before the device has said its regions", () => {
  const hidden = [fixtureRegions.proposals[0]!.id];
  assert.equal(pictureParts(fixtureRegions, { disabled: [], hidden }).length, 2);
  const disabled = [{ ...condition, name: "lathe", outline: elsewhere }];
  assert.equal(pictureParts(null, { disabled, hidden: [] }).length, 1);
});
