import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { fixtureReason } from "#support/fixture-room.ts";
import { eventText } from "./event-text.ts";

const base = { sequence: 1, atMicros: 0 };
const act = { ...base, incidentId: null };
const table: readonly { event: AlarmEvent; title: string; tone: string; details: readonly string[] }[] = [
  {
    event: { ...base, type: "level", level: "alarm", incidentId: "i", reasons: [fixtureReason], test: false },
    title: "FIRE",
    tone: "fire",
    details: [fixtureReason.text],
  },
  {
    event: { ...base, type: "level", level: "prealarm", incidentId: "i", reasons: [], test: true },
    title: "Prealarm (test: nobody is called)",
    tone: "prealarm",
    details: [],
  },
  {
    event: { ...base, type: "trouble", code: "air-silent", active: true, text: "No reading for 15 s." },
    title: "Trouble: No readings from the air sensor",
    tone: "trouble",
    details: ["No reading for 15 s."],
  },
  {
    event: { ...base, type: "gas-hazard", active: true, reasons: [] },
    title: "GAS HAZARD: do not enter",
    tone: "gas-hazard",
    details: [],
  },
  {
    event: { ...act, type: "disabled", by: "Anna", reason: "Welding" },
    title: "Disabled by Anna",
    tone: "disabled",
    details: ["Welding"],
  },
  {
    event: { ...act, type: "enabled", by: "expiry", reason: "Its time is over." },
    title: "Enabled by itself, its time was over",
    tone: "quiet",
    details: [],
  },
  {
    event: { ...base, type: "resounded", incidentId: "i" },
    title: "Sounding again",
    tone: "fire",
    details: ["A new alarm came after the sounders were silenced."],
  },
];

for (const { event, title, tone, details } of table)
  test(`an event of type ${event.type} reads "${title}"`, () => {
    assert.deepEqual(eventText(event, String), { title, tone, details });
  });

test("a zone's events call devices by their names", () => {
  const nameOf = (id: string): string => (id === "pi-1" ? "Kitchen" : id);
  const event = { ...base, type: "would-have-alarmed", deviceId: "pi-1", reasons: [] } as const;
  const { title } = eventText({ type: "zone", atMicros: 0, zone: "floor", event }, nameOf);
  assert.equal(title, "Zone disabled: Kitchen would have raised FIRE");
});
