import assert from "node:assert/strict";
import { test } from "node:test";
import { ReopeningGpioLine } from "./reopening-gpio-line.ts";
import { TransportFailure } from "./transport-failure.ts";

function bench() {
  const seen = { levels: [] as string[], opened: 0, closed: 0, fault: "none" as "none" | "open" | "set" };
  const line = new ReopeningGpioLine(async () => {
    if (seen.fault === "open") throw new TransportFailure("device-missing", "No such chip.");
    seen.opened += 1;
    return {
      set: async (level) => {
        if (seen.fault === "set") throw new TransportFailure("gone", "It has vanished.");
        seen.levels.push(level);
      },
      close: async () => {
        seen.closed += 1;
      },
    };
  });
  return { line, seen };
}

test("a line that is not there yet is looked for at each use", async () => {
  const { line, seen } = bench();
  seen.fault = "open";
  await assert.rejects(line.set("high"), { code: "device-missing" });
  seen.fault = "none";
  await line.set("high");
  await line.set("low");
  assert.deepEqual(seen.levels, ["high", "low"]);
  assert.equal(seen.opened, 1);
});

test("a line that vanished is let go and opened again, and two owners open it once", async () => {
  const { line, seen } = bench();
  await Promise.all([line.set("high"), line.set("high")]);
  assert.equal(seen.opened, 1);
  seen.fault = "set";
  await assert.rejects(line.set("low"), { code: "gone" });
  assert.equal(seen.closed, 1);
  seen.fault = "none";
  await line.set("low");
  await line.close();
  await line.close();
  assert.deepEqual([seen.opened, seen.closed], [2, 2]);
  await assert.rejects(line.set("high"), { code: "gone" });
});
