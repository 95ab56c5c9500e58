import assert from "node:assert/strict";
import { test } from "node:test";
import { channelText } from "./channel-text.ts";

test("a channel is shown with its unit, an unknown value as a dash", () => {
  assert.equal(channelText({ value: 12.3456, unit: "µg/m³" }), "12.3 µg/m³");
  assert.equal(channelText({ value: 30_123, unit: "ticks" }), "30,100 ticks");
  assert.equal(channelText({ value: null, unit: "ppb" }), "–");
});
