import assert from "node:assert/strict";
import { test } from "node:test";
import { burningState, fixtureView } from "#support/fixture-room.ts";
import { pageFace } from "./page-face.ts";
import { siteSummary } from "./site-summary.ts";

const burning = {
  view: fixtureView("hall", { name: "Hall", state: burningState(0) }),
  link: "up",
  unheard: false,
} as const;
const quiet = { view: fixtureView("hall"), link: "up", unheard: false } as const;

test("the tab names the fire and its place", () => {
  assert.deepEqual(pageFace(siteSummary([burning], "up"), "up"), {
    title: "FIRE: Hall · Emberwatch",
    icon: "favicon-fire.svg",
  });
});

test("the tab says when there is no connection, but an alarm stays in front", () => {
  assert.equal(pageFace(siteSummary([quiet], "up"), "down").title, "No connection · Emberwatch");
  assert.equal(pageFace(siteSummary([burning], "down"), "down").title, "FIRE: Hall · Emberwatch");
});
