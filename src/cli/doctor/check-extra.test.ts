import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import { airSourceOfRoom } from "#simulation/devices/air-source-of-room.ts";
import { EmulatedSen66 } from "#simulation/devices/emulated-sen66.ts";
import { EmulatedSfa30 } from "#simulation/devices/emulated-sfa30.ts";
import { EmulatedSgp41 } from "#simulation/devices/emulated-sgp41.ts";
import { EmulatedSps30 } from "#simulation/devices/emulated-sps30.ts";
import { codesOf, DoctorBench } from "#support/doctor-bench.ts";

/** A bench with one of each further sensor and nothing else. */
function extraBench() {
  const bench = new DoctorBench();
  const { clock } = bench;
  const room = new LiveRoom({ seed: 1, startMicros: clock.nowMicros(), kind: "occupied" });
  const options = { clock, air: airSourceOfRoom({ room, clock }) };
  const chips = {
    sgp41: new EmulatedSgp41(options),
    sps30: new EmulatedSps30(options),
    sen66: new EmulatedSen66(options),
    sfa30: new EmulatedSfa30(options),
  };
  bench.slaves = Object.values(chips);
  clock.advanceMs(5_000);
  return { bench, ...chips };
}

test("every further sensor on the bus is found and named", async () => {
  const { bench } = extraBench();
  const findings = await bench.examine("extra");
  const texts = findings.all.slice(1).map(({ verdict, text }) => `${verdict} ${text}`);
  assert.deepEqual(texts, [
    "ok An SGP41 answers at 0x59 and finds itself well.",
    "ok An SPS30 answers at 0x69.",
    "ok An SEN66 answers at 0x6B.",
    "ok An SFA30 answers at 0x5D.",
  ]);
});

test("a further sensor that measures already is found as well", async () => {
  const { bench, sen66, sfa30 } = extraBench();
  sen66.transfer(Uint8Array.of(0x00, 0x21), 0);
  sfa30.transfer(Uint8Array.of(0x00, 0x06), 0);
  bench.clock.advanceMs(2_000);
  assert.deepEqual(codesOf(await bench.examine("extra")), []);
});

test("when none is there, that is a problem only for who asked for them", async () => {
  const bench = new DoctorBench();
  const asked = await bench.examine("extra");
  assert.deepEqual(codesOf(asked), ["extra-missing"]);
  assert.match(asked.problems[0]!.text, /0x2A \(FLIR Lepton\), 0x62 \(SCD41\)/);
  assert.deepEqual(codesOf(await bench.examine("all")), []);
});

test("a gas sensor whose hotplate is broken is named", async () => {
  const { bench, sgp41 } = extraBench();
  sgp41.setFault({ kind: "self-test-fails", pixel: "voc" });
  assert.deepEqual(codesOf(await bench.examine("extra")), ["extra-self-test-failed"]);
});

test("wrong checksums of one sensor are found, and the others are well", async () => {
  const { bench, sps30 } = extraBench();
  sps30.setFault({ kind: "wrong-crc", times: 3 });
  const findings = await bench.examine("extra");
  assert.deepEqual(codesOf(findings), ["extra-checksums"]);
  assert.equal(findings.problems[0]!.check, "sps30");
});

test("another chip at a sensor's address is no sensor", async () => {
  const bench = new DoctorBench();
  bench.slaves = [{ address: 0x69, transfer: (_, readBytes) => new Uint8Array(readBytes).fill(0x12) }];
  assert.deepEqual(codesOf(await bench.examine("extra")), ["extra-foreign-chip"]);
});
