import assert from "node:assert/strict";
import { test } from "node:test";
import { House } from "#support/house.ts";

test("a replay that runs a hundred times as fast sees a fire as one at its own pace does", {
  timeout: 60_000,
}, async (t) => {
  const house = await House.build(t);
  const page = house.page();
  let capturedMicros = house.clock.nowMicros();
  await house.startAgent({ source: "replay", air: null, captureNowMicros: () => capturedMicros });
  await page.message((message) => message.type === "device" && message.device.online && message);
  const igniteAtMicros = capturedMicros + 45e6;
  for (let n = 0; n < 70 * 9; n += 1) {
    capturedMicros += 111_000;
    if (capturedMicros >= igniteAtMicros) house.room.burn(igniteAtMicros);
    house.camera.show(house.room.frameAt(capturedMicros));
    // The device's own second passes once in a minute of the recording.
    if (n % 200 === 199) house.clock.advanceMs(1_000);
    // The link gets its turn, as in life: it must not time out because this loop is busy.
    if (n % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
  }
  await page.message(
    (message) => message.type === "event" && message.message.event.type === "level" && message,
  );
  const events = await house.events();
  const [alarm] = events.filter((event) => event.type === "level");
  assert.ok(alarm?.type === "level" && alarm.level === "alarm");
  assert.ok((alarm.atMicros - igniteAtMicros) / 1e6 <= 12);
  assert.deepEqual(
    events.filter((event) => event.type === "trouble" && event.code !== "link-down"),
    [],
  );
});
