import assert from "node:assert/strict";
import { test } from "node:test";
import { IncidentStory, levelEvent } from "#support/incident-story.ts";
import type { IncidentView } from "#wire/incident-api.ts";
import { HubClient } from "./hub-client.ts";
import { IncidentBoard } from "./incident-board.ts";
import { incidentsShownMax, mergeIncidents } from "./model/incident-list.ts";

function incident(id: string, changes: Partial<IncidentView> = {}): IncidentView {
  const story = new IncidentStory();
  story.tell("kitchen", levelEvent());
  const { devices, standing, ...rest } = story.records.get("1")!;
  return { ...rest, devices: [...devices], standing: [...standing], state: "open", ...changes, id };
}

/** A board and a hub that answers by path; what is not there is answered with 404. */
function board(answers: Readonly<Record<string, object>>) {
  const asked: string[] = [];
  const client = new HubClient(async (url, init) => {
    asked.push(
      `${init?.method ?? "GET"} ${String(url)} ${typeof init?.body === "string" ? init.body : ""}`.trim(),
    );
    const answer = answers[String(url).split("?")[0] ?? ""];
    return answer === undefined
      ? Response.json({ code: "no-such-incident", message: "There is no such incident." }, { status: 404 })
      : Response.json(answer);
  });
  return { board: new IncidentBoard(client, () => 0), asked };
}

const told = { nobody: null, contacts: [], channels: [], snoozes: [] };

test("the board shows the newest incidents, whether anybody is told, and older ones when asked", async () => {
  const { board: shown, asked } = board({
    "api/notifications": { ...told, nobody: "Nobody is told." },
    "api/incidents": { incidents: [incident("3"), incident("2")], next: "2" },
  });
  await shown.load();
  assert.equal(shown.nobody.value, "Nobody is told.");
  assert.deepEqual(
    shown.incidents.value.map(({ id }) => id),
    ["3", "2"],
  );
  shown.take(incident("4"));
  await shown.loadOlder();
  assert.ok(asked.includes("GET api/incidents?limit=10&before=2"));
  assert.deepEqual(
    shown.incidents.value.map(({ id }) => id),
    ["4", "3", "2"],
  );
});

test("an open incident is fetched again when the hub says that it has changed", async () => {
  const detail = { incident: incident("3"), timeLine: [], omitted: 0 };
  const { board: shown, asked } = board({ "api/incidents/3": detail });
  await shown.open("3");
  assert.deepEqual(shown.opened.value, detail);
  shown.take(incident("2"));
  shown.take(incident("3"));
  assert.equal(asked.filter((line) => line === "GET api/incidents/3").length, 2);
  shown.close();
  assert.equal(shown.opened.value, null);
});

test("what a person does goes to the hub, and what came of it is said", async () => {
  const { board: shown, asked } = board({ "api/incidents/3/close": incident("3", { state: "closed" }) });
  await shown.act("3", { act: "close", by: "Ada", cause: "sun", note: "" });
  assert.ok(asked.includes('POST api/incidents/3/close {"by":"Ada","cause":"sun","note":""}'));
  assert.equal(shown.notice.value?.kind, "done");
  await shown.act("3", { act: "note", by: "Ada", text: "Blinds." });
  assert.deepEqual(
    [shown.notice.value?.kind, shown.notice.value?.text],
    ["failed", "There is no such incident."],
  );
});

test("the page holds so many incidents, the newest", () => {
  const many = Array.from({ length: incidentsShownMax + 5 }, (_, k) => incident(String(k + 1)));
  const merged = mergeIncidents(many.slice(0, 3), many);
  assert.equal(merged.length, incidentsShownMax);
  assert.equal(merged[0]?.id, String(incidentsShownMax + 5));
});
