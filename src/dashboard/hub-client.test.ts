import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureView } from "#support/fixture-room.ts";
import { HubClient } from "./hub-client.ts";

const request = { act: "silence", by: "Anna", reason: "", minutes: null } as const;

function client(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const hub = new HubClient(async (url, init) => {
    asked.push({ url: String(url), init });
    return answer();
  });
  return { hub, asked };
}

test("devices are what the hub says", async () => {
  const view = fixtureView("kitchen");
  const { hub, asked } = client(() => Response.json({ devices: [view] }));
  assert.deepEqual(await hub.devices(), { ok: true, value: [view] });
  assert.equal(asked[0]?.url, "api/devices");
});

test("an act goes to its device as JSON, and the device's words come back", async () => {
  const { hub, asked } = client(() => Response.json({ v: 1, ok: true, text: "Silenced." }));
  assert.deepEqual(await hub.act("kitchen", request), { ok: true, value: "Silenced." });
  assert.equal(asked[0]?.url, "api/devices/kitchen/acts");
  assert.deepEqual(JSON.parse(String(asked[0]?.init?.body)), request);
});

test("a refusal is told in the hub's words", async () => {
  const error = { code: "device-refused", message: "Nothing sounds." };
  const { hub } = client(() => Response.json(error, { status: 409 }));
  assert.deepEqual(await hub.act("kitchen", request), { ok: false, message: "Nothing sounds." });
});

test("an error without words is told by its number", async () => {
  const { hub } = client(() => new Response("<html>", { status: 502 }));
  assert.deepEqual(await hub.devices(), { ok: false, message: "The hub answered with error 502." });
});

test("an answer of another version is not taken for an empty one", async () => {
  for (const body of ['{"devices":[{}]}', "[]", "not JSON"]) {
    const { hub } = client(() => new Response(body));
    const answer = await hub.devices();
    assert.ok(!answer.ok && answer.message.includes("does not understand"), body);
  }
});

test("an act whose answer never came is not said to be undone", async () => {
  const { hub } = client(() => Promise.reject(new TypeError("fetch failed")));
  assert.deepEqual(await hub.act("kitchen", request), {
    ok: false,
    message: "The hub cannot be reached. Whether it was done is not known: look at the lamps.",
  });
});
