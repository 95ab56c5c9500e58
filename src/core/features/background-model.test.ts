import assert from "node:assert/strict";
import test from "node:test";
import { Failure } from "../failure.ts";
import { microsPerSecond } from "../time.ts";
import { BackgroundModel } from "./background-model.ts";

const onePixel = { width: 1, height: 1 };

/** A model of one pixel, with a way to give it seconds. */
class Pixel {
  readonly model = new BackgroundModel(onePixel, null);
  #atMicros = 0;

  seconds(count: number, celsius: (second: number) => number): void {
    for (let i = 1; i <= count; i += 1) {
      const median = Float32Array.of(celsius(i));
      this.#atMicros += microsPerSecond;
      this.model.commission(median);
      this.model.follow(this.#atMicros, median);
    }
  }

  skip(seconds: number): void {
    this.#atMicros += seconds * microsPerSecond;
  }

  get celsius(): number {
    return this.model.background[0]!;
  }
}

function near(actual: number, expected: number, tolerance = 1e-3): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}

test("commissioning takes the lowest second of the first ten, so that a person walking by leaves no trace", () => {
  const pixel = new Pixel();
  pixel.seconds(10, (second) => (second < 8 ? 33 : 21.5));
  assert.equal(pixel.celsius, 21.5);
  assert.equal(pixel.model.commissioned[0], 21.5);
});

test("commissioning remembers how hot a stove was, but accepts nothing above 60 °C as background", () => {
  const pixel = new Pixel();
  pixel.seconds(12, () => 200);
  assert.equal(pixel.model.commissioned[0], 200);
  assert.ok(pixel.celsius < 61);
});

test("the background rises 1.2 K a minute under a hotter pixel, whatever its excess", () => {
  for (const celsius of [23.5, 400]) {
    const pixel = new Pixel();
    pixel.seconds(10, () => 22);
    pixel.seconds(60, () => celsius);
    near(pixel.celsius, 23.2);
  }
});

test("the background stops at commissioned + 20 K", () => {
  const pixel = new Pixel();
  pixel.seconds(10, () => 22);
  pixel.seconds(3600, () => 70);
  assert.equal(pixel.celsius, 42);
});

test("the background never exceeds 80 °C, so that a pixel of 88 °C is always hot", () => {
  const pixel = new Pixel();
  pixel.seconds(7200, () => 300);
  assert.equal(pixel.celsius, 80);
});

test("the background falls with a time constant of 30 s, so that somebody passing a radiator hardly lowers it", () => {
  const pixel = new Pixel();
  pixel.seconds(10, () => 52);
  pixel.seconds(1, () => 32);
  near(pixel.celsius, 32 + 20 * Math.exp(-1 / 30));
  pixel.seconds(29, () => 32);
  near(pixel.celsius, 32 + 20 * Math.exp(-1));
});

test("a gap teaches no more than two seconds would", () => {
  const pixel = new Pixel();
  pixel.seconds(10, () => 22);
  pixel.skip(600);
  pixel.seconds(1, () => 30);
  near(pixel.celsius, 22.04, 1e-4);
});

test("an FFC moves the background and leaves the commissioned picture", () => {
  const pixel = new Pixel();
  pixel.seconds(10, () => 22);
  pixel.model.shift(1.5);
  assert.equal(pixel.celsius, 23.5);
  assert.equal(pixel.model.commissioned[0], 22);
});

test("an FFC while commissioning moves what was learnt so far", () => {
  const pixel = new Pixel();
  pixel.seconds(5, () => 22);
  pixel.model.shift(1.5);
  pixel.seconds(5, () => 23.5);
  assert.equal(pixel.celsius, 23.5);
  assert.equal(pixel.model.commissioned[0], 23.5);
});

test("there is no snapshot before commissioning is complete", () => {
  const pixel = new Pixel();
  pixel.seconds(9, () => 22);
  assert.equal(pixel.model.snapshot(), null);
  pixel.seconds(1, () => 22);
  assert.notEqual(pixel.model.snapshot(), null);
});

test("a snapshot brings everything back and is a copy", () => {
  const pixel = new Pixel();
  pixel.seconds(100, (second) => (second <= 10 ? 22 : 50));
  const snapshot = pixel.model.snapshot()!;
  const again = new BackgroundModel(onePixel, snapshot);
  assert.deepEqual(again.snapshot(), snapshot);
  pixel.seconds(10, () => 0);
  assert.deepEqual(again.snapshot(), snapshot);
});

test("a saved pixel that is no number is learnt afresh instead of blinding the pixel", () => {
  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const model = new BackgroundModel(
      { width: 2, height: 1 },
      {
        width: 2,
        height: 1,
        background: Float32Array.of(broken, 22),
        commissioned: Float32Array.of(20, 20),
      },
    );
    model.commission(Float32Array.of(25, 25));
    assert.deepEqual([...model.background], [25, 22]);
    assert.deepEqual([...model.commissioned], [25, 20]);
  }
});

test("a saved background above its ceiling is brought down to it", () => {
  const background = Float32Array.of(500);
  const model = new BackgroundModel(onePixel, { ...onePixel, background, commissioned: Float32Array.of(22) });
  assert.equal(model.background[0], 42);
});

test("a second without a value teaches nothing", () => {
  const pixel = new Pixel();
  pixel.seconds(10, () => 22);
  pixel.seconds(10, () => Number.NaN);
  assert.equal(pixel.celsius, 22);
});

test("a background of another picture size is refused in words", () => {
  const saved = { width: 1, height: 2, background: new Float32Array(2), commissioned: new Float32Array(2) };
  assert.throws(
    () => new BackgroundModel(onePixel, saved),
    (error: unknown) =>
      error instanceof Failure && error.side === "input" && error.message.includes("1×2 pixels"),
  );
});
