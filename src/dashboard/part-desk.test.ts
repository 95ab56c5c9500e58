import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { fixtureRegions } from "#support/fixture-regions.ts";
import { fixtureView } from "#support/fixture-room.ts";
import { HubClient } from "./hub-client.ts";
import { roomModel } from "./model/room-model.ts";
import { hiddenProposalsMax, readViewSettings } from "./model/view-settings.ts";
import { PartDesk } from "./part-desk.ts";

function bench(answer: () => Promise<Response>) {
  const asked: string[] = [];
  const client = new HubClient((path, init) => {
    asked.push(`${String(path)} ${String(init?.body ?? "")}`.trim());
    return answer();
  });
  const settings = signal(readViewSettings(null));
  const desk = new PartDesk(client, {
    settings,
    setSettings: (change) => {
      settings.value = { ...settings.value, ...change };
    },
    nowMicros: () => 7,
  });
  return { desk, settings, asked, room: roomModel(fixtureView("kitchen"), signal(0)) };
}

test("the parts are those that the device has said, those that are disabled, and what it proposes", () => {
  const { desk, room } = bench(() => Promise.reject(new Error("nobody is asked")));
  assert.deepEqual(desk.of(room), []);
  desk.take(room, fixtureRegions);
  desk.take(undefined, { ...fixtureRegions, regions: [] });
  assert.deepEqual(
    desk.of(room).map(({ name }) => name),
    ["window", "stove", "proposed"],
  );
  desk.hide(fixtureRegions.proposals[0]!.id);
  assert.equal(desk.of(room).length, 2);
});

test("an accepted proposal and a zone that is taken back go to their addresses, and the answer is told", async () => {
  const { desk, room, asked } = bench(async () => Response.json({ v: 1, ok: true, text: "Accepted." }));
  const request = { proposal: "p", name: "oven/2", peakCelsius: 140, areaPixels: 60, by: "Ada" };
  await desk.accept(room, request);
  assert.deepEqual(room.partNotice.value, { kind: "done", text: "Accepted.", atMicros: 7 });
  await desk.withdraw(room, { name: "oven/2", by: "Ada" });
  assert.deepEqual(asked, [
    `api/devices/kitchen/hot-zones ${JSON.stringify(request)}`,
    'api/devices/kitchen/hot-zones/oven%2F2/withdraw {"by":"Ada"}',
  ]);
});

test("a proposal is hidden and shown again in this browser alone, and never more than the settings hold", () => {
  const { desk, settings, asked } = bench(() => Promise.reject(new Error("nobody is asked")));
  for (let n = 0; n <= hiddenProposalsMax; n += 1) desk.hide(`p${n}`);
  desk.hide("p1");
  assert.equal(settings.value.hiddenProposals.length, hiddenProposalsMax);
  assert.equal(settings.value.hiddenProposals.at(-1), "p1");
  desk.show(["p1", "p2"]);
  assert.equal(settings.value.hiddenProposals.length, hiddenProposalsMax - 2);
  assert.deepEqual(asked, []);
});
