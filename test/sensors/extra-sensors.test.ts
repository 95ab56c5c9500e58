import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import type { ExtraSensor } from "#sensors/extra-sensor.ts";
import { Sen66Sensor } from "#sensors/sen66/sen66-sensor.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import { Sfa30Sensor } from "#sensors/sfa30/sfa30-sensor.ts";
import { Sgp41Sensor } from "#sensors/sgp41/sgp41-sensor.ts";
import { Sps30Sensor } from "#sensors/sps30/sps30-sensor.ts";
import { EmulatedI2cBus, type I2cSlave } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedSen66 } from "#simulation/devices/emulated-sen66.ts";
import type { SensirionBusFault } from "#simulation/devices/emulated-sensirion-fault.ts";
import { EmulatedSfa30 } from "#simulation/devices/emulated-sfa30.ts";
import { EmulatedSgp41 } from "#simulation/devices/emulated-sgp41.ts";
import { EmulatedSps30 } from "#simulation/devices/emulated-sps30.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passTime } from "#support/pass-time.ts";

const air = {
  co2Ppm: 612,
  temperatureCelsius: 21.5,
  humidityPercent: 44.25,
  massMicrograms: [1.5, 3.5, 4, 4.5],
  perCubicCentimetre: [10, 12, 12.5, 12.75, 13],
  typicalSizeMicrometres: 0.5,
  vocIndex: 101.5,
  noxIndex: 1,
  vocTicks: 30_000,
  noxTicks: 15_000,
  vocPpb: 50,
  noxPpb: 5,
  formaldehydePpb: 17.4,
} as const;

interface Chip extends I2cSlave {
  setFault(fault: SensirionBusFault | null): void;
}

interface Bench<C extends Chip> {
  readonly clock: ManualClock;
  readonly chip: C;
  readonly sensor: ExtraSensor;
  readonly measurements: (readonly ChannelSample[])[];
  readonly faults: SensorFault[];
  pass(seconds: number): Promise<void>;
}

async function bench<C extends Chip>(
  makeChip: (clock: ManualClock) => C,
  makeSensor: (parts: { i2c: EmulatedI2cBus; clock: ManualClock; chip: C }) => ExtraSensor,
): Promise<Bench<C>> {
  const clock = new ManualClock();
  const chip = makeChip(clock);
  const sensor = makeSensor({ i2c: new EmulatedI2cBus([chip], { clock }), clock, chip });
  const measurements: (readonly ChannelSample[])[] = [];
  const faults: SensorFault[] = [];
  await sensor.start({
    onChannels: (samples) => measurements.push(samples),
    onTrouble: () => undefined,
    onFault: (fault) => faults.push(fault),
  });
  const pass = (seconds: number): Promise<void> => passTime(clock, 1_000 * seconds);
  return { clock, chip, sensor, measurements, faults, pass };
}

const sgp41 = () =>
  bench(
    (clock) => new EmulatedSgp41({ clock, air: () => air }),
    ({ i2c, clock, chip }) => new Sgp41Sensor({ i2c, clock, power: chip.powerLine }),
  );
const sps30 = () =>
  bench(
    (clock) => new EmulatedSps30({ clock, air: () => air }),
    ({ i2c, clock, chip }) => new Sps30Sensor({ i2c, clock, power: chip.powerLine }),
  );
const sen66 = () =>
  bench(
    (clock) => new EmulatedSen66({ clock, air: () => air }),
    ({ i2c, clock, chip }) => new Sen66Sensor({ i2c, clock, power: chip.powerLine }),
  );
const sfa30 = () =>
  bench(
    (clock) => new EmulatedSfa30({ clock, air: () => air }),
    ({ i2c, clock, chip }) => new Sfa30Sensor({ i2c, clock, power: chip.powerLine }),
  );

function valuesOf(samples: readonly ChannelSample[]): Record<string, number> {
  return Object.fromEntries(samples.map(({ channel, value }) => [channel, value]));
}

test("the SGP41 is conditioned for less than 10 s and then measured each second", async () => {
  const { chip, sensor, measurements, faults, pass } = await sgp41();
  await pass(10);
  assert.equal(measurements.length, 0, "what comes while it is conditioned is no measurement");
  await pass(110);
  assert.ok(Math.abs(measurements.length - 109) <= 2, `${measurements.length}`);
  assert.equal(chip.damaged, false);
  const { "voc-raw": voc = 0, "nox-raw": nox = 0 } = valuesOf(measurements.at(-1)!);
  assert.ok(voc > 25_000 && voc < 35_000 && nox > 10_000 && nox < 20_000);
  assert.equal(measurements.at(-1)![0]!.unit, "ticks");
  assert.deepEqual(
    faults.filter(({ active }) => active),
    [],
  );
  await sensor.stop();
});

test("the SGP41's humidity compensation changes what it reads", async () => {
  const { sensor, measurements, pass } = await sgp41();
  await pass(20);
  const before = valuesOf(measurements.at(-1)!)["voc-raw"]!;
  (sensor as Sgp41Sensor).setCompensation({ temperatureCelsius: 35, humidityPercent: 80 });
  await pass(5);
  assert.notEqual(Math.round(valuesOf(measurements.at(-1)!)["voc-raw"]! / 100), Math.round(before / 100));
  await sensor.stop();
});

test("the SGP41's failed self-test is told", async () => {
  const { chip, sensor, faults, pass } = await sgp41();
  chip.setFault({ kind: "self-test-fails", pixel: "nox" });
  await pass(20);
  assert.match(faults.at(-1)!.text, /failed its test of itself/);
  await sensor.stop();
});

test("the SPS30 cleans its fan and then gives all ten values each second", async () => {
  const { sensor, measurements, faults, pass } = await sps30();
  await pass(12);
  assert.equal(measurements.length, 0, "values stand still while it is cleaned");
  await pass(68);
  assert.ok(measurements.length >= 60, `${measurements.length}`);
  const values = valuesOf(measurements.at(-1)!);
  assert.deepEqual(Object.values(values), [1.5, 3.5, 4, 4.5, 10, 12, 12.5, 12.75, 13, 0.5]);
  assert.equal(values["pm2.5"], 3.5);
  assert.deepEqual(
    faults.filter(({ active }) => active),
    [],
  );
  await sensor.stop();
});

for (const { fault, says } of [
  { fault: { kind: "fan-stopped" }, says: /fan stands still/ },
  { fault: { kind: "fan-slow" }, says: /wrong speed/ },
  { fault: { kind: "laser-failed" }, says: /laser has failed/ },
] as const)
  test(`the SPS30 says ${fault.kind}`, async () => {
    const { chip, sensor, faults, pass } = await sps30();
    await pass(30);
    chip.setFault(fault);
    await pass(20);
    assert.ok(faults.at(-1)?.active === true && says.test(faults.at(-1)!.text), faults.at(-1)?.text);
    chip.setFault(null);
    await pass(45);
    assert.equal(faults.at(-1)!.active, false, faults.at(-1)!.text);
    await sensor.stop();
  });

test("the SEN66 gives nine values each second, with its CO2 self-calibration off", async () => {
  const { chip, sensor, measurements, faults, pass } = await sen66();
  await pass(60);
  assert.ok(measurements.length >= 50, `${measurements.length}`);
  assert.ok(Number.isNaN(valuesOf(measurements[0]!)["co2"]!), "the CO2 cell needs some seconds");
  const values = valuesOf(measurements.at(-1)!);
  assert.equal(values["pm10"], 4.5);
  assert.equal(values["temperature"], 21.5);
  assert.equal(values["humidity"], 44.25);
  assert.equal(values["voc-index"], 101.5);
  assert.equal(values["co2"], 612);
  assert.deepEqual(
    faults.filter(({ active }) => active),
    [],
  );
  await sensor.stop();
  await pass(1);
  chip.transfer(Uint8Array.of(0x67, 0x11), 0);
  await pass(0.02);
  assert.deepEqual(chip.transfer(new Uint8Array(0), 3), Uint8Array.of(0, 0, 0x81));
});

test("the SEN66 says which part of it has failed", async () => {
  const { chip, sensor, faults, pass } = await sen66();
  await pass(20);
  chip.setFault({ kind: "part-failed", part: "co2" });
  await pass(15);
  assert.match(faults.at(-1)!.text, /CO2 sensor has failed/);
  chip.setFault(null);
  await pass(25);
  assert.equal(faults.at(-1)!.active, false);
  await sensor.stop();
});

test("the SFA30 gives formaldehyde, humidity and temperature each second", async () => {
  const { sensor, measurements, pass } = await sfa30();
  await pass(30);
  assert.ok(measurements.length >= 25, `${measurements.length}`);
  assert.deepEqual(valuesOf(measurements.at(-1)!), {
    formaldehyde: 17.4,
    humidity: 44.25,
    temperature: 21.5,
  });
  assert.deepEqual(
    measurements.at(-1)!.map(({ unit }) => unit),
    ["ppb", "%", "°C"],
  );
  await sensor.stop();
});

for (const [name, make] of Object.entries({ sgp41, sps30, sen66, sfa30 }))
  for (const { fault, says } of [
    { fault: { kind: "nack", times: Number.POSITIVE_INFINITY }, says: /does not answer/ },
    { fault: { kind: "power-cut" }, says: /does not answer/ },
    { fault: { kind: "wrong-crc", times: Number.POSITIVE_INFINITY }, says: /damaged data/ },
  ] as const)
    test(`${name}: ${fault.kind} is one named fault, and the sensor comes back by itself`, async () => {
      const { chip, sensor, measurements, faults, pass } = await make();
      await pass(40);
      faults.length = 0;
      chip.setFault(fault);
      await pass(30);
      assert.equal(faults[0]?.active, true);
      assert.equal(faults[0].code, `${name}-fault`);
      assert.match(faults[0].text, says);
      const before = measurements.length;
      chip.setFault(null);
      await pass(60);
      assert.equal(faults.at(-1)!.active, false, faults.at(-1)!.text);
      assert.ok(measurements.length - before >= 20, `${measurements.length - before}`);
      await sensor.stop();
    });
