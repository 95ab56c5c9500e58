import assert from "node:assert/strict";
import { test } from "node:test";
import { testPolicy } from "#support/escalation-run.ts";
import { House } from "#support/house.ts";
import { ScriptedChannel } from "#support/hub-bench.ts";
import { hubHealthSchema } from "#wire/hub-api.ts";
import { type IncidentView, incidentDetailSchema, incidentPageSchema } from "#wire/incident-api.ts";

const options = { timeout: 120_000 } as const;

async function incident(house: House): Promise<IncidentView> {
  const response = await fetch(`${house.httpUrl}/api/incidents`);
  const { incidents } = incidentPageSchema.parse(await response.json());
  assert.equal(incidents.length, 1);
  return incidents[0]!;
}

async function post(house: House, path: string, body: object): Promise<number> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${house.httpUrl}/api/${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

test(
  "a fire is one incident that climbs its ladder through a restart of the hub, is answered, reset and closed",
  options,
  async (t) => {
    const house = await House.build(t);
    const health = hubHealthSchema.parse(await (await fetch(`${house.httpUrl}/api/health`)).json());
    assert.match(health.supervisory?.[0] ?? "", /no contacts are configured/);
    const mail = new ScriptedChannel("mail");
    const sms = new ScriptedChannel("sms");
    house.notification = { policy: testPolicy(), channels: [mail, sms] };
    await house.hub?.stop();
    await house.startHub();
    const page = house.page();
    await house.startAgent();
    await house.pass(30);
    house.room.burn(house.clock.nowMicros());
    while (mail.given.length === 0) await house.pass(1);
    const [first] = mail.given;
    assert.deepEqual([first?.kind, first?.contact, first?.title], ["alarm", "Ada", "FIRE: Kitchen"]);
    await page.until(() =>
      page.messages.some((message) => message.type === "incident" && message.incident.state === "open"),
    );
    await house.hub?.stop();
    await house.startHub();
    while (mail.given.filter(({ kind }) => kind === "alarm").length < 2) await house.pass(5);
    const told = mail.given.filter(({ kind }) => kind === "alarm");
    assert.deepEqual(
      told.map(({ contact }) => contact),
      ["Ada", "Bob"],
    );
    const waitedSeconds = (told[1]!.atMicros - told[0]!.atMicros) / 1e6;
    assert.ok(waitedSeconds >= 120 && waitedSeconds < 122, String(waitedSeconds));
    const { id } = await incident(house);
    while ((await house.view()).online === false) await house.pass(1);
    const answered = post(house, `incidents/${id}/acknowledge`, { by: "Ada" });
    while ((await house.view()).state?.incident?.acknowledged?.by !== "Ada") await house.pass(1);
    assert.equal(await answered, 200);
    assert.equal((await incident(house)).state, "acknowledged");
    house.room.burn(null);
    await house.pass(10);
    const close = { by: "Ada", cause: "cooking" };
    assert.equal(await post(house, `incidents/${id}/close`, close), 409);
    const reset = house.act("reset");
    while ((await incident(house)).state !== "over") await house.pass(1);
    assert.equal((await reset).status, 200);
    assert.equal(await post(house, `incidents/${id}/close`, close), 200);
    const detail = incidentDetailSchema.parse(
      await (await fetch(`${house.httpUrl}/api/incidents/${id}`)).json(),
    );
    assert.equal(detail.incident.closed?.cause, "cooking");
    assert.deepEqual(
      new Set(detail.timeLine.map(({ type }) => type)),
      new Set(["event", "act", "notification"]),
    );
    const { sensed, received, notified, acknowledged } = detail.incident.stages;
    assert.ok(sensed! <= received! && received! <= notified! && notified! < acknowledged!);
  },
);
