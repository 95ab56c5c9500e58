import assert from "node:assert/strict";
import { test } from "node:test";
import type { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { leptonCapture } from "./lepton-capture.ts";

test("the thread that reads a Lepton starts, and says that there is no such bus", async () => {
  const capture = leptonCapture({ path: "/dev/spidev97.0" });
  const codes: string[] = [];
  await capture.start({
    onMessage: () => assert.fail("there is nothing to read"),
    onFailure: ({ code }: TransportFailure) => codes.push(code),
    onLinkReopened: () => assert.fail("there is no such bus"),
  });
  await capture.stop();
  // Without the package for sensors that is what is missing.
  assert.deepEqual(codes, ["device-missing"]);
});
