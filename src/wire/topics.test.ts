import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deviceIdSchema } from "./device-id.ts";
import {
  commandTopic,
  type DeviceChannel,
  deviceCommandsFilter,
  deviceTopic,
  parseTopic,
  receiptTopic,
  replyTopic,
} from "./topics.ts";

test("topics are taken apart into what they were made of", () => {
  const channels: DeviceChannel[] = ["telemetry", "telemetry-batch", "event", "health", "frame", "state"];
  for (const kind of channels)
    assert.deepEqual(parseTopic(deviceTopic("kitchen", kind)), { kind, device: "kitchen" });
  assert.deepEqual(parseTopic(receiptTopic("kitchen")), { kind: "receipt", device: "kitchen" });
  assert.deepEqual(parseTopic(commandTopic("kitchen", "act")), {
    kind: "command",
    device: "kitchen",
    command: "act",
  });
  assert.deepEqual(parseTopic(replyTopic("kitchen", "id-1")), {
    kind: "reply",
    device: "kitchen",
    commandId: "id-1",
  });
});

test("topics that are not ours are none", () => {
  for (const topic of [
    "",
    "emberwatch",
    "emberwatch/v1",
    "emberwatch/v1/kitchen",
    "emberwatch/v2/kitchen/event",
    "other/v1/kitchen/event",
    "emberwatch/v1/Kitchen/event",
    "emberwatch/v1/../event",
    "emberwatch/v1//event",
    "emberwatch/v1/kitchen/nonsense",
    "emberwatch/v1/kitchen/event/more",
    "emberwatch/v1/kitchen/command/",
    "emberwatch/v1/kitchen/command/act/more",
    "emberwatch/v1/+/event",
    deviceCommandsFilter("kitchen").replace("kitchen", "#"),
  ])
    assert.equal(parseTopic(topic), null, topic);
});

test("whatever is taken apart names a device by a valid id", () => {
  const level = fc.oneof(fc.constantFrom("emberwatch", "v1", "event", "reply", "a"), fc.string());
  fc.assert(
    fc.property(fc.array(level, { maxLength: 6 }), (levels) => {
      const parsed = parseTopic(levels.join("/"));
      if (parsed !== null) assert.ok(deviceIdSchema.safeParse(parsed.device).success);
    }),
  );
});
