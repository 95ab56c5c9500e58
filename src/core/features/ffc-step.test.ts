import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPixels, type Scene } from "#support/drawn-frame.ts";
import { Random } from "../random.ts";
import { ffcStepKelvin } from "./ffc-step.ts";

const size = { width: 160, height: 120 };

function step(before: Scene, after: Scene, excluded: Uint8Array | null = null): number | null {
  return ffcStepKelvin({ before: drawPixels(before, size), after: drawPixels(after, size), excluded });
}

test("the step is what the whole picture has moved by, to a hundredth of the noise and better", () => {
  const random = new Random(4);
  const noisy: Scene = (x, y) => 20 + 0.02 * x + 0.01 * y + 0.03 * random.normal();
  for (const kelvin of [-2.5, -0.4, 0, 0.3, 2.5]) {
    const found = step(noisy, (x, y) => noisy(x, y) + kelvin)!;
    assert.ok(Math.abs(found - kelvin) <= 0.01, `${found} is not ${kelvin}`);
  }
});

test("a cold truck over six tenths of the picture is no step, and does not hide one", () => {
  const truck: Scene = (x) => (x < 100 ? 2 : 21.3);
  assert.equal(
    step(() => 21, truck),
    0.3,
  );
});

test("where too much of the picture has changed the step is not known", () => {
  assert.equal(
    step(
      () => 21,
      (x) => (x < 121 ? 2 : 21.3),
    ),
    null,
  );
  assert.equal(
    step(
      () => 21,
      () => 30,
    ),
    null,
  );
  assert.equal(
    step(
      () => 21,
      () => 21,
      new Uint8Array(19_200).fill(1),
    ),
    null,
  );
});

test("masked pixels have no say", () => {
  const excluded = Uint8Array.from({ length: 19_200 }, (_, i) => (i % 160 < 130 ? 1 : 0));
  assert.equal(
    step(
      () => 21,
      (x) => (x < 130 ? 22.5 : 21.2),
      excluded,
    ),
    0.2,
  );
});

test("of an even number of changes the step is the middle between the two in the middle", () => {
  const before = Uint16Array.of(30_000, 30_000, 30_000, 30_000);
  const after = Uint16Array.of(30_000, 30_010, 30_030, 30_040);
  assert.equal(ffcStepKelvin({ before, after, excluded: null }), 0.2);
});
