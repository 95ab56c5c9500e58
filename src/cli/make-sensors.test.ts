import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import { EmulatedSgp41 } from "#simulation/devices/emulated-sgp41.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passTime } from "#support/pass-time.ts";
import { makeSensors } from "./make-sensors.ts";
import type { SensorPlan } from "./sensor-plan.ts";
import type { SensorWiring } from "./sensor-wiring.ts";

const damp = { co2Ppm: 612, temperatureCelsius: 31, humidityPercent: 85 };
const gasAir = { ...damp, vocTicks: 30_000, noxTicks: 15_000, vocPpb: 50, noxPpb: 5 };

/** An SCD41 and an SGP41 on one bus and one supply line, which counts how often it is cut. */
function bench(planned: Pick<SensorPlan, "air" | "extras">) {
  const clock = new ManualClock();
  const scd41 = new EmulatedScd41({ clock, air: () => damp });
  const sgp41 = new EmulatedSgp41({ clock, air: () => gasAir });
  const seen = { cuts: 0, samples: 0, faults: [] as SensorFault[], voc: Number.NaN };
  const wiring: SensorWiring = {
    i2c: new EmulatedI2cBus([scd41, sgp41], { clock }),
    cameraPower: null,
    airPower: {
      set: async (level) => {
        if (level === "low") seen.cuts += 1;
        await Promise.all([scd41.powerLine.set(level), sgp41.powerLine.set(level)]);
      },
      close: async () => {},
    },
    leptonVideo: () => assert.fail("no camera is planned"),
    close: async () => {},
  };
  const places = { i2c: "", spi: "", cameraPower: null, airPower: null };
  const plan: SensorPlan = { room: "Room", emulated: null, camera: null, places, ...planned };
  const sensors = makeSensors(plan, { wiring, clock });
  const start = async (): Promise<void> => {
    const onFault = (fault: SensorFault): void => void seen.faults.push(fault);
    await sensors.air?.start({
      onSample: () => {
        seen.samples += 1;
      },
      onTrouble: () => {},
      onFault,
      onEnd: () => assert.fail("a sensor never ends"),
    });
    for (const extra of sensors.extras) {
      await extra.start({
        onChannels: ([voc]) => {
          seen.voc = voc!.value;
        },
        onTrouble: () => {},
        onFault,
      });
    }
  };
  const stop = async (): Promise<void> => {
    await Promise.all([sensors.air?.stop(), ...sensors.extras.map((extra) => extra.stop())]);
  };
  return { clock, scd41, sgp41, seen, start, stop };
}

const dead = { kind: "nack", times: Number.POSITIVE_INFINITY } as const;

test("a dead further sensor never cuts the supply that the CO2 sensor lives on", async () => {
  const { clock, sgp41, seen, start, stop } = bench({ air: defaultScd41Settings, extras: ["sgp41"] });
  sgp41.setFault(dead);
  await start();
  await passTime(clock, 300_000);
  await stop();
  assert.equal(seen.cuts, 0);
  assert.ok(seen.samples >= 57, `${seen.samples} readings in 5 min`);
  const active = seen.faults.filter(({ active: isActive }) => isActive).map(({ code }) => code);
  // A new SCD41 calibrates itself, which is told once.
  assert.deepEqual(active.toSorted(), ["air-self-calibration", "sgp41-fault"]);
});

test("a dead CO2 sensor may cut it, and so may a further sensor that is alone on it", async () => {
  const both = bench({ air: defaultScd41Settings, extras: ["sgp41"] });
  both.scd41.setFault(dead);
  await both.start();
  await passTime(both.clock, 30_000);
  await both.stop();
  assert.equal(both.seen.cuts, 1);
  const alone = bench({ air: null, extras: ["sgp41"] });
  alone.sgp41.setFault(dead);
  await alone.start();
  await passTime(alone.clock, 30_000);
  await alone.stop();
  assert.equal(alone.seen.cuts, 1);
});

test("of several further sensors none cuts the line that they share, and all are switched on", async () => {
  const { clock, scd41, sgp41, seen, start, stop } = bench({ air: null, extras: ["sgp41", "sfa30"] });
  await Promise.all([scd41.powerLine.set("low"), sgp41.powerLine.set("low")]);
  await start();
  await passTime(clock, 120_000);
  await stop();
  assert.equal(seen.cuts, 0);
  assert.ok(seen.voc > 0, "the SGP41 was switched on and measures");
});

test("an SGP41 beside an SCD41 is told the air's humidity and temperature", async () => {
  const alone = bench({ air: null, extras: ["sgp41"] });
  const beside = bench({ air: defaultScd41Settings, extras: ["sgp41"] });
  for (const each of [alone, beside]) {
    await each.start();
    await passTime(each.clock, 40_000);
    await each.stop();
  }
  assert.ok(Math.abs(alone.seen.voc - beside.seen.voc) > 100, `${alone.seen.voc} and ${beside.seen.voc}`);
});
