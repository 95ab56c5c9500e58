import assert from "node:assert/strict";
import { test } from "node:test";
import { statusSentences } from "./status-bits.ts";

test("each set bit says its sentence, whichever of the two words it stands in", () => {
  const bits = [
    { bit: 21, text: "speed" },
    { bit: 5, text: "laser" },
    { bit: 4, text: "fan" },
  ];
  assert.deepEqual(statusSentences([0x0020, 0x0000], bits), ["speed"]);
  assert.deepEqual(statusSentences([0x0000, 0x0030], bits), ["laser", "fan"]);
  assert.deepEqual(statusSentences([0xffdf, 0xffcf], bits), []);
});
