import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultContinuousPolicy, defaultEvidencePolicy } from "#edge/recording-policies.ts";
import { recordingPolicies } from "#edge/recording-settings.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { configText } from "./config-text.ts";
import { parseEdgeConfig, readEdgeConfig } from "./read-edge-config.ts";

const least = "version: 1\ndevice:\n  id: kitchen\n";

function refusal(text: string): string {
  try {
    parseEdgeConfig(text, "edge.yaml");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "taken";
}

test("a device's id is all that has no default", () => {
  const config = parseEdgeConfig(least, "edge.yaml");
  assert.equal(config.sensors.camera, "lepton");
  assert.equal(config.outputs.fireRelayHighWhen, "normal");
  assert.equal(config.alarm.alarmFilterSeconds, defaultAlarmPolicy.alarmFilterSeconds);
});

test("what init writes is what the defaults are, key by key", () => {
  const written = parseEdgeConfig(configText({ "device.id": "kitchen" }), "edge.yaml");
  assert.deepEqual(written, parseEdgeConfig(least, "edge.yaml"));
});

test("what init writes says beside a key what it does, its limits and its default", () => {
  const line = configText({ "device.id": "kitchen" })
    .split("\n")
    .find((text) => text.includes("alarmFilterSeconds"));
  assert.equal(line, "  alarmFilterSeconds: 2 # evidence of FIRE before the alarm; 1 to 5; default 2");
});

test("an unknown key is refused by its name and line", () => {
  const text = `${least}sensors:\n  camera: lepton\n  camra: lepton\n`;
  assert.match(
    refusal(text),
    /^edge\.yaml, line 6: "sensors\.camra" is no key of this format \(did you mean sensors\.camera\?\)\. /,
  );
});

test("a key in the wrong place is told where it belongs, and one like none what there is", () => {
  assert.match(
    refusal(`${least}alarmFilterSeconds: 2\n`),
    /line 4: "alarmFilterSeconds" is no key of this format \(did you mean alarm\.alarmFilterSeconds\?\)/,
  );
  assert.match(
    refusal(`${least}model:\n  zzz: 1\n`),
    /line 5: "model\.zzz" is no key of this format; there are model\.file, model\.publicKeyFile\./,
  );
});

test("a missing key is named with what belongs there, at the line of its block", () => {
  assert.match(
    refusal("version: 1\ndevice:\n  name: Kitchen\n"),
    /line 2: device\.id is missing: it is a text \(what the hub knows it by/,
  );
  assert.match(refusal("version: 1\n"), /line 1: device is missing: it is a block of keys\./);
  assert.match(refusal("device:\n  id: kitchen\n"), /version is missing: it is 1 \(of this file's format\)/);
});

test("a block without its keys says which may stand below it", () => {
  assert.match(
    refusal("version: 1\ndevice:\nhub:\n"),
    /line 2: device is empty, but holds further keys, indented below it: id, name/,
  );
  assert.match(refusal(`${least}sensors: lepton\n`), /line 4: sensors is "lepton", but holds .* camera, /);
});

test("a word that a key does not know is told those that it does", () => {
  assert.match(
    refusal(`${least}sensors:\n  camera: lepto\n`),
    /line 5: sensors\.camera is "lepto" and may be lepton, purethermal, none .* \(did you mean lepton\?\)\. /,
  );
  assert.match(refusal(`${least}device: kitchen\n`), /line 4: this is no YAML/);
});

test("recordings can be made longer, smaller and without the continuous one, within limits", () => {
  const text = `${least}recording:\n  evidenceBeforeSeconds: 45\n  evidenceMebibytes: 512\n  continuous: without\n`;
  const { evidence, continuous } = recordingPolicies(parseEdgeConfig(text, "edge.yaml").recording);
  assert.equal(evidence.beforeSeconds, 45);
  assert.equal(evidence.bytesMax, 512 * 1024 * 1024);
  assert.equal(continuous, null);
  const usual = recordingPolicies(parseEdgeConfig(least, "edge.yaml").recording);
  assert.deepEqual(usual, { evidence: defaultEvidencePolicy, continuous: defaultContinuousPolicy });
  assert.match(
    refusal(`${least}recording:\n  evidenceBeforeSeconds: 60\n`),
    /recording\.evidenceBeforeSeconds is 60 and may be 5 to 45/,
  );
});

test("a value out of its limits is refused by its key and line", () => {
  const text = `${least}alarm:\n  prealarmFilterSeconds: 3\n  alarmFilterSeconds: 60\n`;
  assert.match(refusal(text), /^edge\.yaml, line 6: alarm\.alarmFilterSeconds is 60 and may be 1 to 5 /);
});

test("a key that is there twice, and a text that is no YAML, are refused by their line", () => {
  assert.match(refusal(`${least}version: 1\n`), /^edge\.yaml, line 4: this is no YAML/);
  assert.match(refusal(`${least}sensors: [\n`), /^edge\.yaml, line \d: this is no YAML/);
});

test("another version, an empty file and aliases are refused", () => {
  assert.match(refusal("version: 2\ndevice:\n  id: a\n"), /line 1: version is 2 and may be 1/);
  assert.match(refusal("# nothing\n"), /this is no configuration/);
  assert.match(refusal("version: 1\ndevice: &d\n  id: a\nhub: *d\n"), /aliases/);
});

test("settings that contradict each other are refused", () => {
  assert.match(refusal(`${least}sensors: {camera: none, co2Sensor: none}\n`), /a device needs one of them/);
  assert.match(refusal(`${least}sensors:\n  unit: centikelvin\n`), /line 5: sensors\.unit belongs to/);
  const twice = `${least}outputs:\n  fireRelay: gpiochip0:17\n  sounder: /dev/gpiochip0:17\n`;
  assert.match(refusal(twice), /outputs and sensors name one GPIO line twice/);
});

test("a password in the hub's address is refused, and not repeated", () => {
  const message = refusal(`${least}hub:\n  url: mqtt://me:secret@hub:1883\n`);
  assert.match(message, /hub\.url is like mqtts:\/\/192\.168\.1\.10:8883, without a password/);
  assert.ok(!message.includes("secret"));
});

test("paths are taken from the file's own folder", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "edge.yaml");
  await writeFile(path, least);
  const config = await readEdgeConfig(path);
  assert.equal(config.dataFolder, join(folder, "data"));
  assert.equal(config.hub.credentialsFile, join(folder, "credentials.json"));
});

test("zone and regions are read as people write them", () => {
  const text = `${least}zone:
  own: with
  staffedDelay: investigation
  staffed: ["mon-fri 08:00-18:00"]
outputs:
  panel: gpiochip0:5
site:
  timeZone: Europe/Berlin
regions:
  - kind: mask
    name: window
    outline: [[0, 0], [40, 0], [40, 30], [0, 30]]
  - kind: hot-zone
    name: stove
    outline: [[80, 60], [100, 60], [100, 80], [80, 80]]
    schedule: ["daily 11:00-14:00"]
    accepted: { peakCelsius: 140, areaPixels: 60, by: Ada, on: 2026-11-27 }
`;
  const { zone, regions, site } = parseEdgeConfig(text, "edge.yaml");
  assert.equal(zone.staffed.length, 5);
  assert.equal(site.timeZone, "Europe/Berlin");
  const [window, stove] = regions;
  assert.deepEqual(window?.outline[2], { x: 40, y: 30 });
  assert.equal(window?.schedule, null);
  assert.ok(stove?.kind === "hot-zone" && stove.schedule?.length === 7);
  assert.equal(stove.accepted.atMicros, Date.parse("2026-11-27") * 1_000);
});

test("outputs that follow a zone need one, and a zone keeps the limits of its machine", () => {
  assert.match(
    refusal(`${least}outputs:\n  panel: gpiochip0:5\n`),
    /line 5: outputs\.panel does nothing without a zone/,
  );
  assert.match(
    refusal(`${least}inputs:\n  callPoint: gpiochip0:6\n`),
    /inputs\.callPoint does nothing without a zone/,
  );
  const long = `${least}zone:\n  acknowledgeSeconds: 500\n  investigateSeconds: 500\n`;
  assert.match(refusal(long), /line 4: zone is wrong: zone\.investigateSeconds: .*more than 600 s/);
  assert.match(refusal(`${least}zone:\n  verificationSeconds: 11\n`), /line 5: zone\.verificationSeconds/);
  assert.match(refusal(`${least}site:\n  timeZone: Bree\n`), /line 5: site\.timeZone is like Europe\/Berlin/);
});

test("a region that is wrong is refused by its line and name", () => {
  const region = (more: string): string =>
    refusal(`${least}regions:\n  - kind: mask\n    name: window\n    ${more}\n`);
  assert.match(region("outline: [[0, 0], [4, 0]]"), /line 7: regions\.0\.outline/);
  assert.match(
    region('outline: [[0, 0], [4, 0], [4, 4]]\n    schedule: ["mo 8-18"]'),
    /line 8: .*mon-fri 08:00-18:00/,
  );
  assert.match(
    region("outline: [[200, 0], [240, 0], [240, 40]]"),
    /regions\.window: the outline covers no pixel/,
  );
  const twice =
    "outline: [[0, 0], [4, 0], [4, 4]]\n  - { kind: mask, name: window, outline: [[0, 0], [4, 0], [4, 4]] }";
  assert.match(region(twice), /regions is wrong: The name "window" is empty or given twice/);
  assert.match(refusal(`${least}${hotZone(500)}`), /accept 60 to 350 °C, not 500/);
});

function hotZone(peakCelsius: number): string {
  return `regions:\n  - { kind: hot-zone, name: stove, outline: [[0, 0], [4, 0], [4, 4]], accepted: { peakCelsius: ${peakCelsius}, areaPixels: 4, by: Ada, on: 2026-11-27 } }\n`;
}

test("a hot zone accepts no peak above which the camera's gain could show no more heat", () => {
  const high = /in high gain accept 60 to 150 °C, not 220/;
  assert.match(refusal(`${least}${hotZone(220)}`), high);
  const gain = (name: string): string =>
    `${least}sensors:\n  camera: lepton\n  gain: ${name}\n${hotZone(220)}`;
  assert.match(refusal(gain("auto")), high);
  assert.equal(parseEdgeConfig(gain("low"), "edge.yaml").regions.length, 1);
  assert.equal(parseEdgeConfig(`${least}${hotZone(150)}`, "edge.yaml").regions.length, 1);
});
