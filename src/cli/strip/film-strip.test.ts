import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import { Episode } from "#simulation/scenario/episode.ts";
import { smallFireScenario } from "#support/small-fire-scenario.ts";
import { letterRows } from "./bitmap-font.ts";
import { drawContactSheet } from "./contact-sheet.ts";
import { drawFilmStrip } from "./film-strip.ts";
import { fireCaption } from "./fire-caption.ts";
import { picturesPerStrip, stripMoments, stripPictures } from "./strip-pictures.ts";
import { ThermalScale } from "./thermal-scale.ts";

const episode = new Episode({
  scenario: smallFireScenario,
  seed: 2,
  fire: "as-staged",
  flameRenderer: "plume",
  seconds: 8,
});
const moments = stripMoments(episode);
const pictures = stripPictures(episode, moments);

test("a fire is looked at once before it is lit, and from soon after to the end", () => {
  assert.equal(pictures.length, picturesPerStrip);
  assert.ok(pictures[0]!.seconds < episode.igniteAtSeconds);
  assert.ok(pictures[1]!.seconds > episode.igniteAtSeconds);
  assert.deepEqual(
    pictures.map(({ truth }) => truth.label),
    ["none", ...Array<string>(picturesPerStrip - 1).fill("flaming")],
  );
});

test("a strip and a sheet are pictures that others can read", () => {
  const strip = PNG.sync.read(drawFilmStrip({ episode, seed: 2, pictures }));
  assert.ok(strip.width > 4 * 320 && strip.height > 2 * 240);
  const sheet = PNG.sync.read(drawContactSheet([{ scenario: smallFireScenario, pictures, shown: 1 }]));
  assert.ok(sheet.width >= 160 && sheet.height >= 120);
});

test("the scale goes from the coldest to the hottest and gives a room and a fire colours of their own", () => {
  const scale = new ThermalScale(pictures.map(({ pixels }) => pixels));
  assert.equal(scale.shareOf(scale.lowCelsius), 0);
  assert.equal(scale.shareOf(scale.highCelsius), 1);
  const shares = [20, 22, 40, 100].map((celsius) => scale.shareOf(celsius));
  assert.deepEqual(shares, shares.toSorted());
  assert.ok(shares[1]! - shares[0]! > 0.02, "two degrees can be told apart in a room with a fire");
  assert.ok(scale.marks.length >= 4, `marks ${scale.marks.join(" ")}`);
});

test("every letter that names, titles and captions may use has a shape of its own", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-+/()%°²³×…"];
  const shapes = letters.map((letter) => letterRows(letter).join(" "));
  assert.equal(new Set(shapes).size, letters.length);
  assert.ok(!shapes.includes(letterRows("\u2603").join(" ")), "a letter that is missing is a box");
  for (const letter of letters) for (const row of letterRows(letter)) assert.ok(row >= 0 && row < 32, letter);
});

test("a caption gives heat release in a unit that shows it, and leaves out what none shows", () => {
  const caption = (heatReleaseKilowatts: number) =>
    fireCaption({ label: "slow-heat", stage: "smouldering", heatReleaseKilowatts });
  assert.deepEqual(
    [0, 0.0004, 0.0234, 0.0997, 0.1, 2.34, 45.6].map(caption),
    ["", "", " 23 W", " 100 W", " 0.1 kW", " 2.3 kW", " 46 kW"].map((heat) => `slow-heat${heat}`),
  );
  assert.equal(fireCaption({ label: "none", stage: "none", heatReleaseKilowatts: 0 }), "none");
});
