import assert from "node:assert/strict";
import { test } from "node:test";
import type { TroubleCode } from "#core/alarm/trouble.ts";
import { Random } from "#core/random.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import { CameraDeviceBench } from "#support/camera-device-bench.ts";

/** The device's troubles that a broken camera brings, and no others, and how soon each is told. */
interface Case {
  readonly fault: LeptonFault;
  readonly codes: readonly TroubleCode[];
}

/** A camera that is dead, frozen or out of sync is told within this time. */
const toldWithinSeconds = 5;

/** Faults that last until they are taken away are held for so long, and watched for so long afterwards. */
const heldSeconds = 7;
const afterwardsSeconds = 12;

const cases: readonly Case[] = [
  // Dead.
  { fault: { kind: "power-cut" }, codes: ["camera-silent", "camera-control-failed"] },
  { fault: { kind: "stall" }, codes: ["camera-silent"] },
  // Out of sync.
  { fault: { kind: "discards" }, codes: ["camera-silent"] },
  { fault: { kind: "segment-zero" }, codes: ["camera-silent"] },
  { fault: { kind: "wrong-segment-number" }, codes: ["camera-silent"] },
  { fault: { kind: "crc-error" }, codes: ["camera-silent"] },
  // Frozen, by content and by counter.
  { fault: { kind: "frozen-picture" }, codes: ["camera-frozen"] },
  { fault: { kind: "frozen-frame" }, codes: ["camera-frozen"] },
  { fault: { kind: "ffc-stuck" }, codes: ["camera-shutter-stuck"] },
  // What passes is no fault of the device.
  { fault: { kind: "reboot" }, codes: [] },
  { fault: { kind: "byte-slip", bytes: 1 }, codes: [] },
  { fault: { kind: "crc-error", times: 3 }, codes: [] },
];

/** A room with a cold and a warm corner and the noise of a real camera. */
function noisyRoom(): () => Uint16Array {
  const random = new Random(3);
  const noise = Float32Array.from({ length: 40_000 }, () => 3 * random.normal());
  return () => {
    const from = random.integer(20_000);
    return Uint16Array.from({ length: 160 * 120 }, (_, i) => {
      const x = i % 160;
      const y = Math.floor(i / 160);
      const furniture = x > 60 && x < 90 && y > 50 ? 400 : y < 20 ? -200 : 0;
      return Math.round(29_500 + furniture + noise[from + i]!);
    });
  };
}

for (const { fault, codes } of cases)
  test(`${JSON.stringify(fault)} is ${codes.join(" and ") || "no trouble"}, told in time and over afterwards`, async () => {
    const bench = new CameraDeviceBench({ emulated: { scene: noisyRoom() } });
    await bench.start();
    // Not on the device's tick, which would flatter the times.
    await bench.lepton.pass(6_370);
    assert.deepEqual(bench.troubles, []);
    bench.mark();
    bench.lepton.lepton.setFault(fault);
    await bench.lepton.pass(1_000 * heldSeconds);
    const raised = bench.troubles.filter(({ active }) => active);
    assert.deepEqual(
      raised.map(({ code }) => code),
      codes,
    );
    for (const { code, seconds, text } of raised) {
      assert.ok(seconds <= toldWithinSeconds, `${code} after ${seconds} s`);
      assert.match(text, /[a-z] .*[:;.]/i);
    }
    bench.lepton.lepton.setFault(null);
    await bench.lepton.pass(1_000 * afterwardsSeconds);
    assert.deepEqual(bench.standing, []);
    assert.equal(bench.troubles.length, 2 * codes.length, JSON.stringify(bench.troubles));
    await bench.lepton.camera.stop();
  });
