import assert from "node:assert/strict";
import test from "node:test";
import { selectRegions } from "./region-selection.ts";

function region(name: string, excess: number, growth: number, newSeverePixels = 0) {
  return { name, excess, growth, newSeverePixels };
}

function chosen(...regions: ReturnType<typeof region>[]): string {
  return selectRegions(regions, { byExcess: 2, byGrowth: 2 })
    .map(({ name }) => name)
    .join(" ");
}

test("two regions by excess heat, then two by growth", () => {
  const names = chosen(
    region("small", 10, 1),
    region("sun", 900, 0),
    region("fire", 40, 39),
    region("radiator", 500, 5),
    region("lamp", 300, 0),
    region("kettle", 50, 30),
  );
  assert.equal(names, "sun radiator fire kettle");
});

test("new severe heat goes before any growth", () => {
  assert.equal(
    chosen(
      region("a", 900, 900),
      region("b", 800, 800),
      region("c", 700, 700),
      region("d", 600, 600),
      region("e", 500, 0, 1),
    ),
    "a b e c",
  );
});

test("fewer regions than places are all chosen, once", () => {
  assert.equal(chosen(region("a", 1, 1), region("b", 2, 0), region("c", 0, 3)), "b a c");
});
