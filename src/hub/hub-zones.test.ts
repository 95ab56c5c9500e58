import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { initialZoneState } from "#core/zone/zone-machine.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { atRest, fireOf, ZoneSite } from "#support/zone-site.ts";
import { type HubZonesOptions, zoneSilenceMs } from "./hub-zones.ts";
import { openStore, type Store } from "./store.ts";

async function opened(t: TestContext): Promise<Store> {
  const store = openStore(await temporaryFolder(t));
  t.after(() => store.close());
  return store;
}

test("one of two detectors waits for the other, which makes it FIRE at once", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "coincidence" });
  site.fire("kitchen");
  site.pass(20);
  assert.equal(site.level, "holding");
  site.fire("workshop");
  assert.equal(site.level, "fire");
  assert.deepEqual(site.story, [
    "hold coincidence 60",
    "holding",
    "further alarm workshop",
    "fire because second-detector",
  ]);
  site.zones.stop();
});

for (const [name, change] of [
  ["in its flat-field correction", { camera: "calibrating" }],
  ["in trouble", { state: { ...atRest, troubles: [{ code: "camera-moved", text: "", sinceMicros: 0 }] } }],
  [
    "disabled",
    { state: { ...atRest, disabled: { by: "Ada", atMicros: 0, reason: "", expiresAtMicros: 9e15 } } },
  ],
] as const)
  test(`a partner that is ${name} is waited for by nobody`, async (t) => {
    const site = new ZoneSite(await opened(t), { staffedDelay: "coincidence" });
    site.speaks.set("workshop", { state: atRest, camera: "watching", hot: false, ...change });
    site.pass(2);
    site.fire("kitchen");
    assert.equal(site.level, "fire");
    assert.ok(site.story.includes("fire because partner-absent"));
    site.zones.stop();
  });

test("a partner that falls silent in the middle of a wait ends it, a link that is away for a moment does not", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "coincidence" });
  site.fire("kitchen");
  site.pass(3);
  site.speaks.delete("workshop");
  site.pass(zoneSilenceMs / 1_000 - 1);
  assert.equal(site.level, "holding");
  site.pass(3);
  assert.equal(site.level, "fire");
  site.zones.stop();
});

test("an investigation is acknowledged, and a call point ends it; a reset goes to the devices, too", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "investigation" });
  site.ownZones = true;
  site.fire("kitchen");
  await site.act("acknowledge");
  site.pass(100);
  const view = site.zones.view("floor")!;
  assert.equal(view.state.incident?.hold?.kind, "investigation");
  assert.equal(view.holdEndsAtMicros, site.clock.nowMicros() + 80_000_000);
  assert.ok(site.zones.pressCallPoint("floor", "stairs"));
  assert.equal(site.level, "fire");
  assert.deepEqual(
    site.asked.filter(({ request }) => request.command === "call-point").map(({ device }) => device),
    ["kitchen", "workshop"],
    "FIRE of the zone is told to the devices that run zones of their own",
  );
  assert.deepEqual(await site.act("reset"), { ok: true, text: "Done." });
  site.pass(30);
  assert.equal(site.level, "normal");
  site.zones.stop();
});

test("a device that refuses to be told of its zone's FIRE is told again until it takes it, and the log says so", async (t) => {
  const lines: string[] = [];
  const site = new ZoneSite(await opened(t), {
    staffedDelay: "none",
    log: (line: string) => void lines.push(line),
  });
  site.ownZones = true;
  site.refuses = true;
  site.pass(1);
  site.fire("kitchen");
  await Promise.resolve();
  const asked = (): number => site.asked.filter(({ device }) => device === "workshop").length;
  assert.equal(asked(), 1);
  await Promise.resolve();
  site.pass(4);
  assert.equal(asked(), 1, "a refusal is no reason to ask without end");
  site.refuses = false;
  site.pass(2);
  assert.equal(asked(), 2);
  await Promise.resolve();
  assert.match(lines[0]!, /could not tell (kitchen|workshop) of its zone's fire: Not done\./);
  site.zones.stop();
});

test("a device that has forgotten its zone's FIRE in a crash is told again, one that somebody has reset is not", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "none" });
  site.ownZones = true;
  site.pass(1);
  const asked = (): number => site.asked.filter(({ device }) => device === "workshop").length;
  site.fire("kitchen");
  await Promise.resolve();
  site.ownZone = fireOf(site.ownZone, "told");
  site.pass(10);
  assert.equal(asked(), 1, "it is in FIRE itself");
  site.ownZone = initialZoneState(["workshop"]);
  site.pass(2);
  assert.equal(asked(), 2, "it began anew, and nobody has reset it");
  await Promise.resolve();
  site.ownZone = fireOf(site.ownZone, "told again");
  site.pass(10);
  const { incident } = site.ownZone;
  assert.ok(incident !== null);
  site.ownZone = { ...initialZoneState(["workshop"]), lastIncident: { incident, resetMicros: 5_000_000 } };
  site.pass(20);
  assert.equal(asked(), 2, "somebody has reset it");
  site.zones.stop();
});

test("nobody acknowledges: FIRE after 15 s, to the moment", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "investigation" });
  site.fire("kitchen");
  site.pass(14);
  assert.equal(site.level, "holding");
  site.clock.advanceMs(1_000);
  assert.equal(site.level, "fire");
  site.zones.stop();
});

test("an acknowledgement on the device that alarms alone answers the zone; on another it does not", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "investigation" });
  site.fire("kitchen");
  site.pass(5);
  site.zones.acknowledgedOn("workshop", { by: "Bo", reason: "" });
  assert.equal(site.zones.view("floor")!.state.incident?.acknowledged, null);
  site.zones.acknowledgedOn("kitchen", { by: "Ada", reason: "" });
  const { incident } = site.zones.view("floor")!.state;
  assert.deepEqual([incident?.acknowledged?.by, incident?.hold?.kind], ["Ada", "investigation"]);
  site.pass(20);
  assert.equal(site.level, "holding");
  site.zones.stop();
});

test("a device that does not answer is told by its name, as people know it", async (t) => {
  const site = new ZoneSite(await opened(t), {});
  site.fire("kitchen");
  site.isDeaf = true;
  const { text } = await site.act("silence");
  assert.equal(text, "Done for the zone. The kitchen did not answer: look there.");
  site.zones.stop();
});

test("a test of a zone says when it ends, by the hub's clock, and ends then by itself", async (t) => {
  const site = new ZoneSite(await opened(t), {});
  site.pass(3);
  const { ok } = await site.zones.act("floor", {
    act: "start-test",
    by: "Ada",
    reason: "Service",
    minutes: 2,
  });
  assert.ok(ok);
  const view = site.zones.view("floor")!;
  assert.equal(view.testUntilMicros, site.clock.nowMicros() + 120_000_000);
  assert.deepEqual(view.conditions, ["test"]);
  site.pass(119);
  assert.notEqual(site.zones.view("floor")!.testUntilMicros, null);
  site.pass(2);
  assert.equal(site.zones.view("floor")!.testUntilMicros, null);
  site.zones.stop();
});

test("an acknowledgement on one of two causes of a zone leaves the zone to be acknowledged", async (t) => {
  const site = new ZoneSite(await opened(t), { staffedDelay: "investigation" });
  site.fire("kitchen");
  assert.ok(site.zones.pressCallPoint("floor", "stairs"));
  site.zones.acknowledgedOn("kitchen", { by: "Ada", reason: "" });
  assert.equal(site.zones.view("floor")!.state.incident?.acknowledged, null);
  site.zones.stop();
});

test("a zone that the store refuses is saved five seconds later, without another event", async (t) => {
  const store = await opened(t);
  const refusals: string[] = [];
  let isFull = false;
  const zones: HubZonesOptions["store"] = {
    get: (id) => store.zones.get(id),
    put: (id, state) => {
      if (isFull) throw new Error("disk full");
      store.zones.put(id, state);
    },
  };
  const log = (line: string): void => void refusals.push(line);
  const site = new ZoneSite({ zones, events: store.events }, { staffedDelay: "investigation", log });
  site.pass(1);
  isFull = true;
  site.fire("kitchen");
  isFull = false;
  assert.notEqual(keptLevel(store), "holding");
  site.pass(4);
  assert.notEqual(keptLevel(store), "holding");
  site.pass(2);
  assert.equal(keptLevel(store), "holding");
  assert.match(refusals.join(), /zone floor could not be saved.*5 s: Error: disk full/);
  site.zones.stop();
});

test("a hub that is restarted in the middle of a wait continues it, and keeps what was told", async (t) => {
  const folder = await temporaryFolder(t);
  const first = openStore(folder);
  const before = new ZoneSite(first, { staffedDelay: "investigation" });
  before.fire("kitchen");
  await before.act("acknowledge");
  before.pass(50);
  before.zones.stop();
  first.close();
  before.clock.advanceMs(20_000);
  const second = openStore(folder);
  t.after(() => second.close());
  const after = new ZoneSite(second, { staffedDelay: "investigation", clock: before.clock });
  // The workshop's alarm state is what the hub hears first.
  after.fire("kitchen");
  after.pass(2);
  assert.equal(after.level, "holding");
  assert.equal(after.zones.view("floor")!.holdEndsAtMicros, after.clock.nowMicros() + 107_000_000);
  after.pass(106);
  assert.equal(after.level, "holding");
  after.pass(2);
  assert.equal(after.level, "fire");
  const kept = second.events.page({ device: "floor", before: null, limit: 50 }).events;
  assert.ok(kept.some(({ event }) => event.type === "zone" && event.event.type === "hold"));
  after.zones.stop();
});

function keptLevel({ zones }: Store): string | undefined {
  const kept = zones.get("floor");
  return kept === "damaged" ? kept : kept?.level;
}

test("a zone whose kept state is damaged begins anew, and the log says so", () => {
  const lines: string[] = [];
  const store = { zones: { get: () => "damaged" as const, put: () => {} }, events: { add: () => true } };
  const site = new ZoneSite(store, { log: (line) => lines.push(line) });
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /zone floor is damaged/);
  site.fire("kitchen");
  site.pass(2);
  assert.ok(site.story.length > 0, "its devices are listened to");
});
