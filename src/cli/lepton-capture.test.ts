import assert from "node:assert/strict";
import { test } from "node:test";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { leptonCapture } from "./lepton-capture.ts";

test("the thread that reads a Lepton starts, and says that there is no such bus", async () => {
  const capture = leptonCapture({ path: "/dev/spidev97.0" });
  const listener = {
    onMessage: () => assert.fail("there is nothing to read"),
    onFailure: () => assert.fail("a start that fails is told by the start"),
    onLinkReopened: () => {},
  };
  await assert.rejects(capture.start(listener), (error) => {
    assert.ok(error instanceof TransportFailure);
    // Without the package for sensors that is what is missing.
    assert.equal(error.code, "device-missing");
    return true;
  });
  await capture.stop();
});
