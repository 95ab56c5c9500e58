import assert from "node:assert/strict";
import { test } from "node:test";
import type { SensorFault } from "../sensor-fault.ts";
import { LeptonTroubles, leptonTroubleTexts } from "./lepton-troubles.ts";

function bench() {
  const said: string[] = [];
  const faults: SensorFault[] = [];
  const listener = {
    onTrouble: (text: string) => void said.push(text),
    onFault: (fault: SensorFault) => void faults.push(fault),
  };
  return { said, faults, troubles: new LeptonTroubles(() => listener, leptonTroubleTexts) };
}

test("what only the driver can know of is a named fault of the device, once until it is over", () => {
  const { said, faults, troubles } = bench();
  troubles.raise("control-failed", "no answer to get part number");
  troubles.raise("control-failed");
  troubles.clear("control-failed");
  troubles.clear("control-failed");
  assert.deepEqual(
    faults.map((fault) => [fault.code, fault.active]),
    [
      ["camera-control-failed", true],
      ["camera-control-failed", false],
    ],
  );
  assert.match(faults[0]?.text ?? "", /address 0x2A.*\(no answer to get part number\)/);
  assert.equal(said.length, 2);
});

test("what is newly known of a trouble is told, each detail once and not without end", () => {
  const { said, troubles } = bench();
  troubles.raise("control-failed", "no answer");
  for (const detail of ["busy", "no answer", "busy"]) troubles.raise("control-failed", detail);
  assert.equal(said.length, 2);
  assert.match(said[1]!, /\(busy\)/);
  for (let i = 0; i < 1_000; i += 1) troubles.raise("control-failed", `number ${i}`);
  assert.ok(said.length <= 8, `${said.length} times`);
  troubles.clear("control-failed");
  troubles.raise("control-failed", "busy");
  assert.match(said.at(-1)!, /\(busy\)/);
});

test("what the pictures show is left to the detector to name", () => {
  const { said, faults, troubles } = bench();
  troubles.raise("picture-frozen");
  troubles.raise("video-lost");
  assert.equal(said.length, 2);
  assert.deepEqual(faults, []);
});

test("a fault's text fits into a message", () => {
  const { faults, troubles } = bench();
  troubles.raise("link-failed", "x".repeat(2_000));
  assert.equal(faults[0]?.text.length, 500);
});
