import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import type { Incident } from "#core/alarm/alarm-state.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { missing, pathOf, xmllint } from "#support/outside-program.ts";
import { defaultIntegrationsConfig } from "../integrations-config.ts";
import { type AlarmAlertFacts, type AlertSettings, alarmAlert } from "./alarm-alert.ts";
import type { CapAlert } from "./cap-alert.ts";
import { capXml } from "./cap-xml.ts";

const settings: AlertSettings = { ...defaultIntegrationsConfig.alerts, sender: "hub@example.com" };

const incident: Incident = {
  id: "kitchen-1",
  startedAtMicros: sampleMicros,
  firstAlarmAtMicros: sampleMicros + 2_000_000,
  firstReasons: [
    {
      code: "fixed-temperature",
      text: "A region of 12 pixels has been at > 90 °C & rising.",
      value: 95,
      limit: 90,
      unit: "°C",
      location: { x: 1, y: 2 },
    },
  ],
  reasons: [],
  places: [],
  acknowledged: null,
  silenced: null,
  alarms: 1,
};
const acknowledged: Incident = {
  ...incident,
  acknowledged: { by: "Ada <ops>", atMicros: sampleMicros + 60_000_000, reason: "on my way" },
};

function facts(
  state: Partial<AlarmAlertFacts["state"]>,
  changes: Partial<AlarmAlertFacts> = {},
): AlarmAlertFacts {
  return {
    device: { id: "kitchen", name: "Kitchen", source: "camera" },
    state: { incident: null, lastIncident: null, test: null, ...state },
    silentSinceMicros: null,
    ...changes,
  };
}

function alert(given: AlarmAlertFacts, changes: Partial<AlertSettings> = {}): CapAlert {
  const found = alarmAlert(given, { ...settings, ...changes });
  assert.ok(found !== null);
  return found;
}

const reset = { incident: acknowledged, resetAtMicros: sampleMicros + 600_000_000 };

test("an alarm is an alert, its acknowledgement an update, its reset a cancellation", () => {
  const messages = [
    alert(facts({ incident })),
    alert(facts({ incident: acknowledged })),
    alert(facts({ lastIncident: reset })),
  ];
  assert.deepEqual(
    messages.map(({ msgType, identifier }) => [msgType, identifier]),
    [
      ["Alert", "kitchen.kitchen-1.alert"],
      ["Update", "kitchen.kitchen-1.update"],
      ["Cancel", "kitchen.kitchen-1.cancel"],
    ],
  );
  assert.deepEqual(
    messages.map(({ references }) => references.map(({ identifier }) => identifier)),
    [[], ["kitchen.kitchen-1.alert"], ["kitchen.kitchen-1.alert", "kitchen.kitchen-1.update"]],
  );
  assert.deepEqual(messages[0], alert(facts({ incident })));
});

test("where there is no alarm there is no alert, and a prealarm is none", () => {
  assert.equal(alarmAlert(facts({}), settings), null);
  assert.equal(alarmAlert(facts({ incident: { ...incident, firstAlarmAtMicros: null } }), settings), null);
});

test("a simulated or replayed room and a device in test give no actual alert", () => {
  const condition = { by: "Ada", atMicros: 1, reason: "", expiresAtMicros: 2 };
  assert.equal(alert(facts({ incident })).status, "Actual");
  assert.equal(alert(facts({ incident, test: condition })).status, "Test");
  const emulated = { id: "kitchen", name: "Kitchen", source: "emulated" } as const;
  assert.equal(alert(facts({ incident }, { device: emulated })).status, "Test");
  assert.equal(alert(facts({ incident }), { status: "Exercise" }).status, "Exercise");
});

test("severe heat is extreme, and a silent device says that this is the last it has said", () => {
  const severe = [{ ...incident.firstReasons[0]!, code: "severe-heat" as const }];
  const { info } = alert(
    facts({ incident: { ...incident, firstReasons: severe } }, { silentSinceMicros: sampleMicros }),
  );
  assert.equal(info?.severity, "Extreme");
  assert.match(info.description, /rising\. The device has been silent since/);
});

test("an identifier has nothing in it that the standard forbids", () => {
  const { identifier, incident: group } = alert(facts({ incident: { ...incident, id: "a b,c<d&e" } }));
  assert.equal(identifier, "kitchen.a_b_c_d_e.alert");
  assert.equal(group, "a_b_c_d_e");
});

const messages: Readonly<Record<string, CapAlert>> = {
  alert: alert(facts({ incident })),
  "for some": alert(facts({ incident: acknowledged }), {
    addresses: ["fire@example.com", "Night watch"],
    site: "Main street 1, Town",
    position: { latitudeDegrees: 52.5, longitudeDegrees: -13.4, radiusMetres: 50 },
  }),
  cancellation: alert(facts({ lastIncident: reset })),
  "odd names": alert(
    facts({ incident }, { device: { id: "kitchen", name: "A\u0000 <b> & \ud800", source: "camera" } }),
  ),
};

test("the XML is as the standard's data dictionary says", { skip: missing(xmllint) }, () => {
  for (const [name, message] of Object.entries(messages)) assert.equal(lint(ownSchema, message), "", name);
});

test("XML that breaks the data dictionary is found", { skip: missing(xmllint) }, () => {
  const { alert: right } = messages;
  assert.match(lint(ownSchema, { ...right!, sender: "a hub" }), /sender/);
  assert.match(lint(ownSchema, { ...right!, msgType: "Alarm" as "Alert" }), /msgType/);
});

const theirSchema = process.env["EMBERWATCH_CAP_SCHEMA"];
const skip =
  missing(xmllint) ||
  (theirSchema === undefined
    ? "EMBERWATCH_CAP_SCHEMA does not name OASIS's CAP-v1.2.xsd: set it to check against that, too"
    : false);

test("the XML is as OASIS's own schema says", { skip }, () => {
  for (const [name, message] of Object.entries(messages)) assert.equal(lint(theirSchema!, message), "", name);
});

const ownSchema = resolve(import.meta.dirname, "../../../../test/support/cap-subset.xsd");

/** What libxml2 has to say of a message; empty where it is valid. */
function lint(schema: string, message: CapAlert): string {
  try {
    execFileSync(pathOf(xmllint)!, ["--nonet", "--noout", "--schema", schema, "-"], {
      input: capXml(message),
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    });
    return "";
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}
