import assert from "node:assert/strict";
import { test } from "node:test";
import { healthMessage } from "#support/alarm-samples.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { healthSchema } from "#wire/device-messages.ts";
import { replayIdentity } from "./replay-identity.ts";

test("a replay's device is called after its file", () => {
  const { id, name } = replayIdentity("/clips/Küche 2025_03.raw.y16.gz");
  assert.match(id, /^replay-kuche-2025-03-raw-y16-gz-[0-9a-f]{6}$/);
  assert.equal(name, "Recording Küche 2025_03.raw.y16.gz");
  assert.deepEqual(replayIdentity("/clips/Küche 2025_03.raw.y16.gz"), { id, name });
});

test("files that differ in their folder or in letters no id can have are different devices", () => {
  const paths = ["/a/clip.mcap", "/b/clip.mcap", "/a/Clip.mcap", "/a/clip mcap", "/a/厨房", "/a/寝室"];
  assert.equal(new Set(paths.map((path) => replayIdentity(path).id)).size, paths.length);
});

test("whatever a file is called, its device's id and name are valid", () => {
  for (const file of ["厨房", "---", ".mcap", "office", "a".repeat(255), "🔥".repeat(60), "-x-"]) {
    const { id, name } = replayIdentity(`/clips/${file}`);
    assert.equal(deviceIdSchema.safeParse(id).success, true, id);
    assert.equal(healthSchema.safeParse(healthMessage({ source: "replay", name })).success, true, name);
    assert.match(id, /^replay-/);
  }
});
