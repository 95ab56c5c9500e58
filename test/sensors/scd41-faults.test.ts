import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scd41Fault } from "#simulation/devices/emulated-scd41-fault.ts";
import { Scd41DriverBench, type Scd41DriverBenchOptions } from "#support/scd41-driver-bench.ts";

/** One way in which an SCD41 breaks, what must be said of it, and within which time. */
interface FaultCase {
  readonly fault: Scd41Fault;
  readonly lastsSeconds: number;
  readonly code: string;
  readonly withinSeconds: number;
  /** From the end of the fault to the end of the trouble. */
  readonly overWithinSeconds: number;
  readonly bench?: Scd41DriverBenchOptions;
}

const ever = Number.POSITIVE_INFINITY;

const cases: readonly FaultCase[] = [
  {
    fault: { kind: "nack", times: ever },
    lastsSeconds: 30,
    code: "air-not-answering",
    withinSeconds: 5,
    overWithinSeconds: 10,
  },
  {
    fault: { kind: "bus-stuck", times: ever },
    lastsSeconds: 30,
    code: "air-not-answering",
    withinSeconds: 5,
    overWithinSeconds: 10,
  },
  {
    fault: { kind: "power-cut" },
    lastsSeconds: 30,
    code: "air-not-answering",
    withinSeconds: 5,
    overWithinSeconds: 10,
  },
  {
    fault: { kind: "late-answer", extraMs: 300 },
    lastsSeconds: 30,
    code: "air-not-answering",
    withinSeconds: 5,
    overWithinSeconds: 10,
  },
  {
    fault: { kind: "wrong-crc", times: ever },
    lastsSeconds: 30,
    code: "air-checksum-errors",
    withinSeconds: 5,
    overWithinSeconds: 30,
  },
  {
    fault: { kind: "never-ready" },
    lastsSeconds: 40,
    code: "air-silent",
    withinSeconds: 12,
    overWithinSeconds: 20,
  },
  {
    fault: { kind: "stuck-value" },
    lastsSeconds: 330,
    code: "air-stuck",
    withinSeconds: 600,
    overWithinSeconds: 30,
  },
  {
    fault: { kind: "implausible-value", words: [0xffff, 0x6667, 0x5eb9] },
    lastsSeconds: 30,
    code: "air-implausible",
    withinSeconds: 10,
    overWithinSeconds: 70,
  },
  {
    fault: { kind: "implausible-value", words: [0x0000, 0x6667, 0x5eb9] },
    lastsSeconds: 30,
    code: "air-silent",
    withinSeconds: 12,
    overWithinSeconds: 20,
  },
];

for (const supply of ["switched", "fixed"] as const)
  for (const { fault, lastsSeconds, code, withinSeconds, overWithinSeconds } of cases)
    test(`${JSON.stringify(fault)} with a ${supply} supply is ${code} and nothing else, and is over afterwards`, async () => {
      const bench = new Scd41DriverBench({ supply });
      await bench.start();
      await bench.pass(60.3);
      assert.deepEqual(bench.standing, []);
      bench.mark();
      bench.chip.setFault(fault);
      await bench.pass(lastsSeconds);
      assert.deepEqual(
        bench.raised.map((raised) => raised.code),
        [code],
        bench.troubles.join(", "),
      );
      assert.ok(bench.raised[0]!.seconds <= withinSeconds, bench.troubles.join(", "));
      bench.chip.setFault(null);
      await bench.pass(overWithinSeconds);
      assert.deepEqual(bench.standing, [], bench.troubles.join(", "));
      assert.equal(bench.raised.length, 1, bench.troubles.join(", "));
      const before = bench.samples.length;
      await bench.pass(60);
      assert.ok(bench.samples.length - before >= 11, "readings come every 5 s again");
      assert.deepEqual(bench.standing, []);
      await bench.sensor.stop();
    });

test("self-calibration that comes back after a supply cut is found, told, and switched off again", async () => {
  const bench = new Scd41DriverBench();
  await bench.start();
  await bench.pass(30);
  bench.mark();
  bench.chip.setFault({ kind: "power-cut" });
  await bench.pass(0.5);
  bench.chip.setFault({ kind: "asc-returns" });
  await bench.pass(60);
  assert.ok(
    bench.troubles.some((line) => line.endsWith("air-self-calibration on")),
    bench.troubles.join(", "),
  );
  assert.equal(bench.chip.settings.selfCalibration, 0);
  assert.deepEqual(bench.standing, []);
  await bench.sensor.stop();
});

test("self-calibration that cannot be switched off stands as a fault while the chip goes on measuring", async () => {
  const bench = new Scd41DriverBench();
  bench.chip.setFault({ kind: "asc-locked" });
  await bench.start();
  await bench.pass(60);
  assert.deepEqual(bench.standing, ["air-self-calibration"]);
  assert.ok(bench.samples.length >= 10);
  await bench.sensor.stop();
});

test("an SCD43 does all that an SCD41 does, and is no wrong sensor", async () => {
  const bench = new Scd41DriverBench({ chip: { variant: "scd43" } });
  await bench.start();
  await bench.pass(60);
  assert.deepEqual(bench.standing, []);
  await bench.sensor.stop();
});

test("a chip that is no SCD41 is named and goes on measuring", async () => {
  const bench = new Scd41DriverBench({ chip: { variant: "scd40" } });
  await bench.start();
  await bench.pass(60);
  assert.deepEqual(bench.standing, ["air-wrong-sensor"]);
  assert.ok(bench.samples.length >= 10);
  await bench.sensor.stop();
});

for (const fault of [{ kind: "power-cut" }, { kind: "bus-stuck", times: 1_000_000 }] as const)
  test(`a chip that cannot be asked at the start (${fault.kind}) is named within 5 s and taken into use when it comes`, async () => {
    const bench = new Scd41DriverBench();
    bench.chip.setFault(fault);
    bench.mark();
    await bench.start();
    await bench.pass(30);
    assert.deepEqual(bench.standing, ["air-not-answering"]);
    assert.ok(bench.raised[0]!.seconds <= 5, bench.troubles.join(", "));
    bench.chip.setFault(null);
    await bench.pass(15);
    assert.deepEqual(bench.standing, []);
    assert.ok(bench.samples.length > 0);
    await bench.sensor.stop();
  });

test("a chip that holds the clock for 100 ms is slow and no fault", async () => {
  const bench = new Scd41DriverBench();
  bench.chip.setFault({ kind: "clock-stretch", stretchMs: 100 });
  await bench.start();
  await bench.pass(120);
  assert.deepEqual(
    bench.raised.map(({ code }) => code).filter((code) => code !== "air-self-calibration"),
    [],
  );
  assert.ok(bench.samples.length >= 20);
  const stopped = bench.sensor.stop();
  await bench.pass(1);
  await stopped;
});
