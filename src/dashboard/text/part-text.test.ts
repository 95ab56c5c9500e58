import assert from "node:assert/strict";
import { test } from "node:test";
import { rectangleOutline } from "#core/regions/outline.ts";
import { partLines, shareText } from "./part-text.ts";

const base = { name: "stove", outline: rectangleOutline({ left: 0, top: 0, width: 8, height: 8 }) };

test("a hot zone says who accepted which heat, and when it holds", () => {
  const accepted = { peakCelsius: 140, areaPixels: 60, by: "Ada", atMicros: 1_795_737_600_000_000 };
  const schedule = [{ fromMinute: 660, toMinute: 840 }];
  const region = { ...base, kind: "hot-zone", schedule, accepted } as const;
  assert.deepEqual(partLines({ region, proposal: null }), [
    "Accepted by Ada on 27 Nov 2026: heat up to 140 °C and 60 pixels of 60 °C or more. Above that it is severe heat.",
    "Holds Mon 11:00–14:00, by the device's local time.",
  ]);
});

test("limits of a part's own are said by rule, with their units", () => {
  const thresholds = {
    regionGrowth: { alarmCelsius: 130, alarmPixelsPerSecond: 2, flicker: 0.3 },
    fixedTemperature: { hysteresisKelvin: 5, pixels: undefined, alarmSeconds: 9 },
    rateOfRise: { celsius: 90, kelvinPerSecond: 2 },
  };
  const region = { ...base, kind: "thresholds", schedule: null, thresholds } as const;
  assert.deepEqual(partLines({ region, proposal: null }), [
    "Other limits than elsewhere: growth alarm 130 °C, growth alarm 2 pixels/s, growth flicker 0.3, fixed temperature hysteresis 5 K, fixed temperature alarm 9 s, rate of rise 90 °C, rate of rise 2 K/s.",
    "Holds always.",
  ]);
});

test("a proposal says what was seen, and that it changes nothing yet", () => {
  const proposal = { ...base, id: "p", schedule: [], peakCelsius: 127.2, areaPixels: 88.5, hotSeconds: 600 };
  assert.match(
    partLines({ region: null, proposal })[0] ?? "",
    /up to 128 °C here, warm over 89 pixels, for 10 min in all\. It alarms as anywhere until/,
  );
});

test("a share is neither nothing nor everything unless it is", () => {
  assert.deepEqual([0, 0.001, 0.254, 0.999, 1].map(shareText), [
    "0 %",
    "less than 1 %",
    "25 %",
    "more than 99 %",
    "100 %",
  ]);
});
