import assert from "node:assert/strict";
import { test } from "node:test";
import { TwoZoneRoom } from "#simulation/fire/two-zone-room.ts";
import { bareRoom } from "#support/bare-room.ts";
import { compareCase } from "./compare-case.ts";
import { missComplaints } from "./miss-complaints.ts";
import type { ValidationCase } from "./validation-case.ts";

const room = {
  space: bareRoom({ widthMetres: 4, depthMetres: 4, heightMetres: 2.5, airChangesPerHour: 0 }),
  ...{ celsius: 20, outdoorCelsius: 20, humidityPercent: 40, co2Ppm: 420, outdoorCo2Ppm: 420 },
};

/** A leak of CO2 of which somebody measured so many times what the model gives, all along. */
function leak(measuredShare: number, missedBecause: ValidationCase["missedBecause"]): ValidationCase {
  const place = { x: 2, y: 1, z: 2 };
  const none = { coKilogramsPerSecond: 0, sootKilogramsPerSecond: 0, waterKilogramsPerSecond: 0 };
  const measured = new TwoZoneRoom(room);
  const release = {
    ...{ place, diameterMetres: 0.1, heatKilowatts: 0, radiativeFraction: 0, ...none },
    co2KilogramsPerSecond: 0.01,
  };
  measured.step(100, [release]);
  const risePpm = (measured.at(place).co2Ppm - 420) * measuredShare;
  return {
    name: "a leak",
    about: "a leak of CO2",
    drivenBy: "its flow",
    room,
    exchanges: [],
    releasesAt: () => [release],
    endSeconds: 100,
    quantities: [
      {
        ...{ kind: "CO2", instruments: "one", unit: "vol %", extreme: "highest", isTimed: true },
        measured: (seconds) => (1e-4 * risePpm * seconds) / 100,
        simulated: (of) => 1e-4 * (of.at(place).co2Ppm - 420),
      },
    ],
    missedBecause,
  };
}

function complaints(
  measuredShare: number,
  misses: Readonly<Record<string, number>>,
  missedBecause: ValidationCase["missedBecause"] = { CO2: "a reason", "time to +0.3 % CO2": "another" },
): readonly string[] {
  return missComplaints([compareCase(leak(measuredShare, missedBecause))], { experiments: 1, misses });
}

test("what is within its tolerance is no complaint, nor a miss that is as large as it is known to be", () => {
  assert.deepEqual(complaints(1, {}), []);
  // Half as much measured: the model is 100 % over, and passes +0.3 % in half of the time.
  const known = { "a leak: CO2": 1, "a leak: time to +0.3 % CO2": -0.5 };
  assert.deepEqual(complaints(0.5, known), []);
});

test("a new miss, one without a reason, one that has grown or gone, and an experiment left out are complaints", () => {
  assert.match(complaints(0.5, {}).join(), /a new miss: a leak: CO2, 1.00,a new miss: a leak: time/);
  const known = { "a leak: CO2": 1, "a leak: time to +0.3 % CO2": -0.5 };
  assert.match(complaints(0.5, known, {}).join(), /missed without a reason: a leak: CO2 \(\+100 %\)/);
  assert.match(complaints(0.4, known).join(), /a leak: CO2 is missed by \+150 %, and was by \+100 %/);
  assert.match(complaints(1, known).join(), /no longer missed, so no longer to be excused: a leak: CO2/);
  assert.match(missComplaints([], { experiments: 1, misses: known }).join(), /0 experiments.*never compared/);
});
