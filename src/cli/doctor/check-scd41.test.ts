import assert from "node:assert/strict";
import { test } from "node:test";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { I2cSlave } from "#simulation/devices/emulated-i2c-bus.ts";
import type { Scd41Fault } from "#simulation/devices/emulated-scd41-fault.ts";
import { codesOf, DoctorBench } from "#support/doctor-bench.ts";
import type { ProblemCode } from "./finding.ts";

interface WiringFault {
  readonly what: string;
  readonly plant: (bench: DoctorBench) => void;
  readonly found: ProblemCode;
  /** What the sentence or its remedy has to name. */
  readonly says: RegExp;
  readonly bench?: ConstructorParameters<typeof DoctorBench>[0];
}

function scd41Fault(fault: Scd41Fault): (bench: DoctorBench) => void {
  return ({ scd41 }) => scd41.setFault(fault);
}

/** Plants a fault while the sensor measures: it stops and answers questions for some 2 s before. */
function whileMeasuring(fault: Scd41Fault, forMs = Number.POSITIVE_INFINITY): (bench: DoctorBench) => void {
  return ({ clock, scd41 }) => {
    clock.after(7_000, () => scd41.setFault(fault));
    if (Number.isFinite(forMs)) clock.after(7_000 + forMs, () => scd41.setFault(null));
  };
}

function otherChip(transfer: I2cSlave["transfer"]): (bench: DoctorBench) => void {
  return (bench) => {
    bench.slaves = [{ address: 0x62, transfer }];
  };
}

function noAcknowledge(): never {
  throw new TransportFailure("no-answer", "No acknowledge: check the cable.");
}

const faults: readonly WiringFault[] = [
  {
    what: "the sensor's wires are out, and another one answers",
    plant: (bench) => {
      bench.slaves = [{ address: 0x61, transfer: (_, readBytes) => new Uint8Array(readBytes) }];
    },
    found: "scd41-missing",
    says: /0x61 \(an SCD30/,
  },
  {
    what: "the sensor has no supply",
    plant: (bench) => {
      scd41Fault({ kind: "power-cut" })(bench);
      bench.slaves = [bench.scd41, bench.lepton.cci];
    },
    found: "scd41-missing",
    says: /0x2A \(FLIR Lepton\).*3\.3 V/s,
  },
  {
    what: "the sensor holds the bus",
    plant: scd41Fault({ kind: "bus-stuck", times: Number.POSITIVE_INFINITY }),
    found: "bus-held",
    says: /0x62/,
  },
  {
    what: "another chip at its address acknowledges no command",
    plant: otherChip((write, readBytes) => (write.length > 0 ? noAcknowledge() : new Uint8Array(readBytes))),
    found: "scd41-foreign-chip",
    says: /other chip/,
  },
  {
    what: "another chip at its address answers anything",
    plant: otherChip((_, readBytes) => new Uint8Array(readBytes).fill(0xff)),
    found: "scd41-foreign-chip",
    says: /other chip/,
  },
  {
    what: "some checksums are wrong",
    plant: scd41Fault({ kind: "wrong-crc", times: 2 }),
    found: "scd41-checksums",
    says: /2 of 5.*Shorten/s,
  },
  {
    what: "the contact is loose",
    plant: (bench) => {
      let exchanges = 0;
      bench.slaves = [
        {
          address: 0x62,
          transfer(write, readBytes) {
            exchanges += 1;
            return exchanges % 5 === 0 ? noAcknowledge() : bench.scd41.transfer(write, readBytes);
          },
        },
      ];
    },
    found: "scd41-drops-out",
    says: /loose contact/,
  },
  {
    what: "it is an SCD40",
    bench: { scd41: { variant: "scd40" } },
    plant: () => {},
    found: "scd41-wrong-model",
    says: /SCD40.*Replace it by an SCD41/s,
  },
  {
    what: "its self-calibration cannot be switched off",
    plant: scd41Fault({ kind: "asc-locked" }),
    found: "scd41-self-calibration-on",
    says: /self-calibration is on/,
  },
  {
    what: "it never has a reading",
    plant: scd41Fault({ kind: "never-ready" }),
    found: "scd41-silent",
    says: /0 of 3 readings/,
  },
  {
    what: "its readings do not move",
    plant: scd41Fault({ kind: "stuck-value" }),
    found: "scd41-stuck",
    says: /same reading/,
  },
  {
    what: "its readings cannot be",
    plant: scd41Fault({ kind: "implausible-value", words: [120, 0x6667, 0x5eb9] }),
    found: "scd41-implausible",
    says: /120 ppm.*--recalibrate 420/s,
  },
  {
    what: "its readings have no CO2",
    plant: scd41Fault({ kind: "implausible-value", words: [0, 0x6667, 0x5eb9] }),
    found: "scd41-implausible",
    says: /no ppm CO2/,
  },
  {
    what: "its supply sags and it restarts",
    plant: whileMeasuring({ kind: "power-cut" }, 500),
    found: "scd41-restarted",
    says: /supply sags/,
  },
  {
    what: "it is gone while it measures",
    plant: whileMeasuring({ kind: "power-cut" }),
    found: "scd41-lost",
    says: /stopped answering/,
  },
  {
    what: "its test of itself fails",
    plant: scd41Fault({ kind: "self-test-fails" }),
    found: "scd41-self-test-failed",
    says: /replace it/,
  },
];

for (const { what, plant, found, says, bench: options } of faults) {
  test(`when ${what}, exactly that is found`, async () => {
    const bench = new DoctorBench(options);
    bench.slaves = [bench.scd41];
    plant(bench);
    const findings = await bench.examine("scd41", { selfTest: "run" });
    assert.deepEqual(codesOf(findings), [found], JSON.stringify(findings.all, null, 1));
    const [problem] = findings.problems;
    assert.match(`${problem?.text} ${problem?.remedy}`, says);
    assert.equal(bench.clock.timersSet, 0);
  });
}

test("self-calibration is switched off for good, and written to the sensor only when it was on", async () => {
  const bench = new DoctorBench();
  const first = await bench.examine("scd41");
  assert.deepEqual(codesOf(first), []);
  assert.equal(bench.scd41.settings.selfCalibration, 0);
  assert.equal(bench.scd41.eepromWrites, 1);
  const second = await bench.examine("scd41");
  const found = second.all.find(({ check }) => check === "scd41-self-calibration");
  assert.equal(found?.text, "Automatic self-calibration is off.");
  assert.equal(bench.scd41.eepromWrites, 1);
});

test("a sensor that sleeps is woken, one that measures is stopped, and both are left idle", async () => {
  const asleep = new DoctorBench();
  asleep.scd41.transfer(Uint8Array.of(0x36, 0xe0), 0);
  asleep.clock.advanceMs(5);
  assert.equal(asleep.scd41.mode, "asleep");
  assert.deepEqual(codesOf(await asleep.examine("scd41")), []);
  assert.equal(asleep.scd41.mode, "idle");

  const measuring = new DoctorBench();
  measuring.scd41.transfer(Uint8Array.of(0x21, 0xb1), 0);
  measuring.clock.advanceMs(20_000);
  assert.deepEqual(codesOf(await measuring.examine("scd41")), []);
  assert.equal(measuring.scd41.mode, "idle");
});

test("the self-test is left out unless it is asked for", async () => {
  const findings = await new DoctorBench().examine("scd41");
  const found = findings.all.find(({ check }) => check === "scd41-self-test");
  assert.equal(found?.verdict, "skipped");
  assert.match(found.text, /--self-test/);
});

test("a CO2 sensor behind a switch is switched on before it is looked for", async () => {
  const bench = new DoctorBench();
  await bench.scd41.powerLine.set("low");
  bench.airPower = {
    path: "/dev/gpiochip0, line 4,",
    open: async () => bench.scd41.powerLine,
    holders: async () => [],
    hint: async () => "",
  };
  const findings = await bench.examine("scd41");
  assert.deepEqual(codesOf(findings), []);
  assert.equal(findings.all[0]?.check, "sensor-power");
});
