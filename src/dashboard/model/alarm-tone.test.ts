import assert from "node:assert/strict";
import { test } from "node:test";
import { burningState, fixtureView } from "#support/fixture-room.ts";
import { alarmToneOf } from "./alarm-tone.ts";

const room = (state: ReturnType<typeof burningState> | null, link: "up" | "down" = "up") => ({
  view: fixtureView("room", { state }),
  link,
  unheard: false,
});

test("the page sounds as long as a device does", () => {
  assert.equal(alarmToneOf([room(burningState(0))]), "fire");
  assert.equal(alarmToneOf([room(burningState(0, { level: "prealarm" }))]), "prealarm");
  assert.equal(alarmToneOf([room(burningState(0, { sounding: false }))]), "none");
  assert.equal(alarmToneOf([room(null)]), "none");
});

test("losing the hub silences no alarm", () => {
  assert.equal(alarmToneOf([room(burningState(0), "down")]), "fire");
});
