import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureView, lampStates } from "#support/fixture-room.ts";
import { fixtureZone, kitchenFire } from "#support/fixture-zone.ts";
import { countdownText, disabledPartLines, zoneWords } from "./zone-words.ts";

const at = 1_750_000_000_000_000;
const nameOf = (id: string): string => (id === "kitchen" ? "Kitchen" : id);

test("counts down by minutes and seconds, and never below nothing", () => {
  assert.equal(countdownText(at + 151_000_000, at), "2:31");
  assert.equal(countdownText(at + 400_000, at), "0:01");
  assert.equal(countdownText(at, at + 5_000_000), "0:00");
});

test("a quiet zone says so; one that waits says what for, and whose alarm it is", () => {
  assert.deepEqual(zoneWords(fixtureZone(at), nameOf), {
    tone: "quiet",
    headline: "Quiet",
    waits: null,
    lines: [],
  });
  const waiting = zoneWords(fixtureZone(at, [kitchenFire(at)]), nameOf);
  assert.equal(waiting.headline, "FIRE found: the panel waits");
  assert.equal(waiting.waits, "acknowledge, or press a call point");
  assert.match(waiting.lines[0] ?? "", /^Kitchen: A region of 14 pixels/);
});

test("a disabled zone says what it keeps back, and a detector that counts as absent is named", () => {
  const act = { kind: "act", atMicros: at, act: "disable", by: "Ada", reason: "works", minutes: 5 } as const;
  const silent = { kind: "silent", atMicros: at, deviceId: "workshop" } as const;
  const { lines, tone } = zoneWords(fixtureZone(at, [act, kitchenFire(at), silent]), nameOf);
  assert.deepEqual(lines, [
    "Disabled by Ada: works",
    "Kept back: without the disablement this would be FIRE now.",
    "Counts as absent: workshop (lost).",
  ]);
  assert.equal(tone, "trouble");
});

test("a zone says which parts of its devices' pictures are disabled, and of no other device's", () => {
  const outline = [
    { x: 0, y: 0 },
    { x: 8, y: 0 },
    { x: 8, y: 8 },
  ];
  const { disabled } = lampStates.disabled;
  const state = { ...lampStates.test, disabledRegions: [{ ...disabled, name: "bench", outline }] };
  const views = [
    fixtureView("kitchen", { state }),
    fixtureView("workshop", { state: null }),
    fixtureView("hall", { state }),
  ];
  assert.deepEqual(disabledPartLines(fixtureZone(at), views, nameOf), [
    "Disabled in the picture of Kitchen: bench.",
  ]);
});
