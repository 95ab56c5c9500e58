import assert from "node:assert/strict";
import { test } from "node:test";
import { parseZones } from "./read-zones.ts";

const zone = (more = ""): string =>
  `version: 1\nzones:\n  - id: ground-floor\n    name: Ground floor\n    devices: [kitchen, workshop]\n${more}`;

function refusal(text: string): string {
  try {
    parseZones(text, "zones.yaml");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "taken";
}

test("a zone needs an id, a name and devices; all else has a default", () => {
  const [one] = parseZones(zone(), "zones.yaml");
  assert.deepEqual(one?.devices, ["kitchen", "workshop"]);
  assert.equal(one?.staffedDelay, "none");
  assert.equal(one?.investigateSeconds, 180);
});

test("what is wrong is refused by file, line or zone", () => {
  assert.match(refusal(zone("    delay: none\n")), /^zones\.yaml, line 6: "zones\.0\.delay" is no key/);
  assert.match(refusal(zone("    verificationSeconds: 20\n")), /line 6: zones\.0\.verificationSeconds/);
  assert.match(
    refusal(zone("  - id: ground-floor\n    name: B\n    devices: [a]\n")),
    /two zones are called/,
  );
  assert.match(refusal(zone("  - id: kitchen\n    name: B\n    devices: [a]\n")), /is a zone and a device/);
  assert.match(refusal(zone("  - id: b\n    name: B\n    devices: [a, a]\n")), /names a device twice/);
  const long = "    acknowledgeSeconds: 400\n    investigateSeconds: 400\n";
  assert.match(refusal(zone(long)), /ground-floor\.investigateSeconds.*600 s/);
  assert.match(refusal("version: 1\nzones: []\n"), /zones is wrong/);
});
