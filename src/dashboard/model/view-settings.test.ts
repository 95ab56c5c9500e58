import assert from "node:assert/strict";
import { test } from "node:test";
import { readViewSettings, writeViewSettings } from "./view-settings.ts";

function storage(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

const defaults = readViewSettings(null);

test("colour begins at 60 °C when nobody has set anything", () => {
  assert.equal(defaults.thresholdCelsius, 60);
  assert.equal(defaults.palette, "isotherm");
});

test("settings survive a reload", () => {
  const store = storage();
  writeViewSettings(store, { ...defaults, personName: "Anna", palette: "iron" });
  assert.deepEqual(readViewSettings(store), { ...defaults, personName: "Anna", palette: "iron" });
});

test("damaged settings take their defaults and keep what is whole", () => {
  for (const text of ["", "nonsense", "null", "[]", '"x"'])
    assert.deepEqual(readViewSettings(storage(text)), defaults);
  const mixed = readViewSettings(storage('{"palette":"rainbow","personName":"Anna","thresholdCelsius":1e9}'));
  assert.deepEqual(mixed, { ...defaults, personName: "Anna" });
});

test("a scale that ends below its beginning is not taken", () => {
  const { lowCelsius, highCelsius } = readViewSettings(storage('{"lowCelsius":80,"highCelsius":20}'));
  assert.deepEqual([lowCelsius, highCelsius], [10, 100]);
});
