import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { Scd41Service } from "#sensors/scd41/scd41-service.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { passTime } from "#support/pass-time.ts";
import { Scd41DriverBench } from "#support/scd41-driver-bench.ts";

test("a new chip is brought to fire policy, measures every 5 s and is left idle", async () => {
  const bench = new Scd41DriverBench();
  assert.equal(bench.chip.settings.selfCalibration, 1);
  await bench.start();
  await bench.pass(9);
  assert.equal(bench.samples.length, 1);
  await bench.pass(600);
  assert.ok(Math.abs(bench.samples.length - 121) <= 1, `${bench.samples.length} readings`);
  const { co2Ppm, temperatureCelsius, humidityPercent } = bench.samples.at(-1)!;
  assert.ok(Math.abs(co2Ppm - 600) < 30 && Math.abs(temperatureCelsius - 21) < 1 && humidityPercent > 30);
  assert.equal(bench.chip.settings.selfCalibration, 0);
  assert.equal(bench.chip.eepromWrites, 1);
  assert.equal(bench.sensor.identity?.serialNumber, 273_325_796_834_238);
  assert.equal(bench.sensor.identity?.variant, "SCD41");
  assert.deepEqual(bench.standing, []);
  const { unanswered, wrongWords, restarts, readings } = bench.sensor.counters;
  assert.deepEqual({ unanswered, wrongWords, restarts }, { unanswered: 0, wrongWords: 0, restarts: 0 });
  assert.equal(readings, bench.samples.length);
  await bench.sensor.stop();
  await bench.pass(1);
  assert.equal(bench.chip.mode, "idle");
  assert.equal(bench.clock.timersSet, 1, "only the device's tick is left");
});

test("settings are written and persisted once, and a second start writes nothing", async () => {
  const settings = { temperatureOffsetKelvin: 2.5, altitudeMetres: 520, ambientPressureHpa: 950 };
  const bench = new Scd41DriverBench({ settings });
  await bench.start();
  await bench.pass(20);
  assert.equal(bench.chip.settings.temperatureOffsetTicks, Math.round((2.5 * 65_535) / 175));
  assert.equal(bench.chip.settings.altitudeMetres, 520);
  assert.equal(bench.chip.eepromWrites, 1);
  await bench.sensor.stop();
  const { clock, bus } = bench;
  const second = new Scd41Sensor({
    i2c: bus,
    clock,
    power: null,
    settings: { ...defaultScd41Settings, ...settings },
  });
  let readings = 0;
  const listener = { onTrouble: assert.fail, onEnd: assert.fail, onSample: () => (readings += 1) };
  await second.start({ ...listener, onSample: () => void listener.onSample() });
  await passTime(clock, 20_000);
  assert.ok(readings >= 2);
  assert.equal(bench.chip.eepromWrites, 1);
  await second.stop();
});

test("low-power periodic measurement reads every 30 s", async () => {
  const bench = new Scd41DriverBench({ settings: { mode: "low-power-periodic" } });
  await bench.start();
  await bench.pass(310);
  assert.equal(bench.samples.length, 10);
  assert.deepEqual(bench.standing, []);
  await bench.sensor.stop();
});

test("single shots discard the first after power-up and then come as asked", async () => {
  const bench = new Scd41DriverBench({ settings: { mode: "single-shot", singleShotSeconds: 60 } });
  await bench.start();
  await bench.pass(5 * 60);
  assert.ok(Math.abs(bench.samples.length - 5) <= 1, `${bench.samples.length} readings`);
  for (const sample of bench.samples) assert.ok(sample.co2Ppm < 650, "the first shot is 120 ppm off");
  assert.deepEqual(bench.standing, []);
  await bench.sensor.stop();
});

test("the air pressure of the settings is told to the chip", async () => {
  const chip = { air: () => ({ ...plainAir, pressureHectopascals: 900 }) };
  for (const [ambientPressureHpa, ppm] of [
    [null, 900],
    [900, 1_000],
  ] as const) {
    const bench = new Scd41DriverBench({ chip, settings: { ambientPressureHpa } });
    await bench.start();
    await bench.pass(30);
    assert.ok(Math.abs(bench.samples.at(-1)!.co2Ppm - ppm) <= 20, "thin air holds fewer molecules");
    await bench.sensor.stop();
  }
});

test("one reading with a wrong checksum is lost, and is no fault", async () => {
  const bench = new Scd41DriverBench();
  await bench.start();
  await bench.pass(30.5);
  bench.mark();
  bench.chip.setFault({ kind: "wrong-crc", times: 1 });
  await bench.pass(60);
  assert.deepEqual(bench.troubles, []);
  assert.ok(bench.samples.length >= 11);
  assert.ok(bench.sensor.counters.wrongWords > 0);
  await bench.sensor.stop();
});

test("the ladder is climbed: restart, reset, then the supply, and not more than once a minute", async () => {
  const bench = new Scd41DriverBench();
  await bench.start();
  await bench.pass(30);
  bench.chip.setFault({ kind: "never-ready" });
  await bench.pass(120);
  const { restarts, resets, powerCycles } = bench.sensor.counters;
  assert.equal(restarts, 1);
  assert.ok(resets >= 1 && powerCycles >= 1 && powerCycles <= 2, JSON.stringify(bench.sensor.counters));
  assert.ok(bench.log.some((line) => /gives no readings/.test(line)));
  await bench.sensor.stop();
});

test("a driver stopped in the middle of anything stops at once and leaves no timer", async () => {
  for (const seconds of [0, 0.5, 1.2, 1.6, 5, 8.1]) {
    const bench = new Scd41DriverBench();
    await bench.start();
    await bench.pass(seconds);
    await bench.sensor.stop();
    await bench.sensor.stop();
    assert.equal(bench.clock.timersSet, 1, `after ${seconds} s`);
  }
});

test("forced recalibration measures three minutes and tells what it corrected", async () => {
  const bench = new Scd41DriverBench();
  const service = new Scd41Service({ i2c: bench.bus, clock: bench.clock });
  const shares: number[] = [];
  const done = service.recalibrate({
    targetPpm: 420,
    largestPpm: 200,
    onReading: (_, share) => shares.push(share),
  });
  await bench.pass(200);
  const { correctionPpm, beforePpm } = await done;
  assert.ok(Math.abs(correctionPpm + 180) < 20, `${correctionPpm}`);
  assert.ok(Math.abs(beforePpm - 600) < 10);
  assert.ok(shares.length >= 35 && shares.at(-1)! > 0.95);
});

test("forced recalibration refuses a senseless target and unsteady air", async () => {
  const impossible = new Scd41Service({
    i2c: new Scd41DriverBench().bus,
    clock: new Scd41DriverBench().clock,
  });
  await assert.rejects(
    impossible.recalibrate({ targetPpm: 40, largestPpm: 200, onReading: () => undefined }),
    isCode("recalibration-target"),
  );
  const start = new Scd41DriverBench().clock.nowMicros();
  const rising = (atMicros: number) => ({ ...plainAir, co2Ppm: 420 + (atMicros - start) / 5e5 });
  const bench = new Scd41DriverBench({ chip: { air: rising } });
  const service = new Scd41Service({ i2c: bench.bus, clock: bench.clock });
  const done = assert.rejects(
    service.recalibrate({ targetPpm: 420, largestPpm: 200, onReading: () => undefined }),
    isCode("recalibration-unsteady"),
  );
  await bench.pass(200);
  await done;
});

const plainAir = { co2Ppm: 1_000, temperatureCelsius: 21, humidityPercent: 45 };

function isCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.code === code;
}
