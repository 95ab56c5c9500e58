import assert from "node:assert/strict";
import { test } from "node:test";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { I2cSlave } from "#simulation/devices/emulated-i2c-bus.ts";
import type { LeptonFault } from "#simulation/devices/emulated-lepton-fault.ts";
import { codesOf, DoctorBench } from "#support/doctor-bench.ts";
import type { ProblemCode } from "./finding.ts";

interface WiringFault {
  readonly what: string;
  readonly plant: (bench: DoctorBench) => void;
  readonly found: readonly ProblemCode[];
  /** What the sentence or its remedy has to name. */
  readonly says: RegExp;
  readonly bench?: ConstructorParameters<typeof DoctorBench>[0];
}

function leptonFault(fault: LeptonFault): (bench: DoctorBench) => void {
  return ({ lepton }) => lepton.setFault(fault);
}

/** Plants a fault that comes while the pictures are watched: two seconds after the check has begun. */
function later(fault: LeptonFault): (bench: DoctorBench) => void {
  return ({ clock, lepton }) => {
    clock.after(2_000, () => lepton.setFault(fault));
  };
}

/** A chip that acknowledges everything and answers the same byte for ever. */
function otherChip(address: number, byte: number): I2cSlave {
  return { address, transfer: (_, readBytes) => new Uint8Array(readBytes).fill(byte) };
}

/** The camera with commands of one code left out: it takes them and does nothing. */
function deafTo(cci: I2cSlave, command: number): I2cSlave {
  return {
    address: cci.address,
    transfer(write, readBytes) {
      const isIt = write[1] === 0x04 && write[0] === 0 && ((write[2]! << 8) | write[3]!) === command;
      return cci.transfer(isIt ? Uint8Array.of(0x00, 0x02) : write, readBytes);
    },
  };
}

const faults: readonly WiringFault[] = [
  {
    what: "the I2C device node is not there",
    plant: (bench) => {
      bench.openI2c = async () => {
        throw new TransportFailure(
          "device-missing",
          "/dev/i2c-1 is not there: enable I2C with raspi-config.",
        );
      };
    },
    found: ["device-missing"],
    says: /i2c-1 is not there\..*Enable I2C/s,
  },
  {
    what: "the user may not use the I2C bus",
    plant: (bench) => {
      bench.openI2c = async () => {
        throw new TransportFailure(
          "permission-denied",
          "This user may not use /dev/i2c-1: add it to the group i2c.",
        );
      };
    },
    found: ["permission-denied"],
    says: /may not use.*group i2c/s,
  },
  {
    what: "SPI is disabled",
    plant: (bench) => {
      bench.openSpi = async () => {
        throw new TransportFailure(
          "device-missing",
          "/dev/spidev0.0 is not there: SPI is disabled: enable it.",
        );
      };
    },
    found: ["device-missing"],
    says: /spidev0\.0 is not there\..*SPI is disabled/s,
  },
  {
    what: "the running program holds the SPI bus",
    plant: (bench) => {
      bench.spiHolders = [{ pid: 812, command: "node /opt/emberwatch/dist/emberwatch.js edge" }];
    },
    found: ["device-in-use"],
    says: /812.*Stop that program/s,
  },
  {
    what: "the running program holds the I2C bus",
    plant: (bench) => {
      bench.i2cHolders = [{ pid: 812, command: "node /opt/emberwatch/dist/emberwatch.js edge" }];
    },
    found: ["device-in-use"],
    says: /812/,
  },
  {
    what: "nothing is on the bus",
    plant: (bench) => {
      bench.slaves = [];
    },
    found: ["bus-empty"],
    says: /SDA \(pin 3\)/,
  },
  {
    what: "the bus is held low",
    plant: (bench) => {
      const transfer = async (): Promise<Uint8Array> => {
        throw new TransportFailure("bus-error", "/dev/i2c-1 is held by a chip: power the chips off and on.");
      };
      bench.i2c = { transfer, close: async () => {} };
    },
    found: ["bus-held"],
    says: /holds one of its lines low/,
  },
  {
    what: "the data line is shorted to ground, so that everything seems to answer",
    plant: (bench) => {
      const transfer = async ({ readBytes }: { readBytes: number }) => new Uint8Array(readBytes);
      bench.i2c = { transfer, close: async () => {} };
    },
    found: ["bus-held"],
    says: /every address answers.*short/s,
  },
  {
    what: "the camera's I2C wires are out, and another sensor answers",
    plant: (bench) => {
      bench.slaves = [bench.scd41, otherChip(0x76, 0)];
    },
    found: ["lepton-missing"],
    says: /0x62 \(SCD41\), 0x76 \(a BME280/,
  },
  {
    what: "the camera has no supply",
    plant: leptonFault({ kind: "power-cut" }),
    found: ["lepton-missing"],
    says: /0x2A/,
  },
  {
    what: "another chip has the camera's address",
    plant: (bench) => {
      bench.slaves = [bench.scd41, otherChip(0x2a, 0xff)];
    },
    found: ["lepton-foreign-chip"],
    says: /no Lepton/,
  },
  {
    what: "the camera does not boot",
    plant: (bench) => {
      // Acknowledges and says "not booted" for ever.
      bench.slaves = [bench.scd41, otherChip(0x2a, 0x00)];
    },
    found: ["lepton-not-booted"],
    says: /booting.*supply/s,
  },
  {
    what: "the camera is busy for ever",
    plant: leptonFault({ kind: "cci-busy" }),
    found: ["lepton-busy"],
    says: /off and on/,
  },
  {
    what: "the camera refuses its commands",
    plant: leptonFault({ kind: "cci-error" }),
    found: ["lepton-refuses"],
    says: /answers an error/,
  },
  {
    what: "the I2C cable has a loose contact",
    plant: (bench) => {
      let exchanges = 0;
      const { cci } = bench.lepton;
      const transfer: I2cSlave["transfer"] = (write, readBytes) => {
        exchanges += 1;
        if (exchanges % 25 === 0) throw new TransportFailure("no-answer", "No acknowledge: check the cable.");
        return cci.transfer(write, readBytes);
      };
      bench.slaves = [{ address: 0x2a, transfer }, bench.scd41];
    },
    found: ["lepton-control-disturbed"],
    says: /repeated.*Shorten/s,
  },
  {
    what: "the module is a Lepton 3.0",
    bench: { lepton: { model: "3.0" } },
    plant: () => {},
    found: ["lepton-not-radiometric"],
    says: /Lepton 3\.0.*Replace it by a Lepton 3\.5/s,
  },
  {
    what: "the module is none that is known",
    plant: leptonFault({ kind: "wrong-part", partNumber: "500-0659-01" }),
    found: ["lepton-unknown-module"],
    says: /500-0659-01/,
  },
  {
    what: "the camera does not take the telemetry setting",
    plant: (bench) => {
      bench.slaves = [deafTo(bench.lepton.cci, 0x0219), bench.scd41];
    },
    found: ["lepton-setting-refused"],
    says: /telemetry/,
  },
  {
    what: "MISO is out: always low",
    plant: leptonFault({ kind: "stall", level: 0x00 }),
    found: ["lepton-miso-low"],
    says: /always low.*MISO \(pin 21\)/s,
  },
  {
    what: "MISO is always high",
    plant: leptonFault({ kind: "stall", level: 0xff }),
    found: ["lepton-miso-high"],
    says: /always high/,
  },
  {
    what: "the camera sends discard packets for ever",
    plant: leptonFault({ kind: "discards" }),
    found: ["lepton-only-discards"],
    says: /CS/,
  },
  {
    what: "the SPI cable is too long: a bit is wrong in each segment",
    plant: leptonFault({ kind: "crc-error" }),
    found: ["lepton-crc-errors"],
    says: /Shorten the wires/,
  },
  {
    what: "a bit is wrong now and then",
    plant: later({ kind: "crc-error", times: 4 }),
    found: ["lepton-crc-errors"],
    says: /4 packets/,
  },
  {
    what: "all segments say that they are invalid",
    plant: leptonFault({ kind: "segment-zero" }),
    found: ["lepton-no-picture"],
    says: /no whole picture/,
  },
  {
    what: "the segments come in the wrong order",
    plant: leptonFault({ kind: "wrong-segment-number" }),
    found: ["lepton-no-picture"],
    says: /no whole picture/,
  },
  {
    what: "the picture is frozen while its counter goes on",
    plant: leptonFault({ kind: "frozen-picture" }),
    found: ["lepton-picture-frozen"],
    says: /same picture/,
  },
  {
    what: "the picture is frozen altogether",
    plant: later({ kind: "frozen-frame" }),
    found: ["lepton-picture-frozen"],
    says: /same picture/,
  },
  {
    what: "the shutter is stuck",
    plant: leptonFault({ kind: "ffc-stuck" }),
    found: ["lepton-shutter-stuck"],
    says: /shutter does not open/,
  },
  {
    what: "the shutter does not obey",
    plant: (bench) => {
      bench.slaves = [deafTo(bench.lepton.cci, 0x0242), bench.scd41];
    },
    found: ["lepton-shutter-stuck"],
    says: /shutter/,
  },
  {
    what: "the firmware is of the oldest kind",
    plant: leptonFault({ kind: "wrong-revision" }),
    found: ["lepton-old-firmware"],
    says: /firmware/,
  },
  {
    what: "the camera is too cold for its shutter",
    bench: { lepton: { temperatures: () => ({ fpaKelvin: 255, housingKelvin: 254 }) } },
    plant: () => {},
    found: ["lepton-shutter-lockout"],
    says: /-10 and 80/,
  },
  {
    what: "the supply sags: the camera restarts",
    plant: later({ kind: "reboot" }),
    found: ["lepton-restarted"],
    says: /supply sags/,
  },
  {
    what: "the supply is gone for a moment",
    plant: later({ kind: "power-cut", forMs: 300 }),
    found: ["lepton-restarted"],
    says: /supply sags/,
  },
  {
    what: "the supply is gone for good",
    plant: later({ kind: "power-cut" }),
    found: ["lepton-lost"],
    says: /loose contact/,
  },
  {
    what: "the SPI bus fails when it is read",
    plant: (bench) => {
      const read = (): void => {
        throw new TransportFailure(
          "bus-error",
          "/dev/spidev0.0 cannot read 3936 bytes in one go: set bufsiz.",
        );
      };
      bench.spi = { read, close: () => {} };
    },
    found: ["bus-error"],
    says: /bufsiz/,
  },
];

for (const { what, plant, found, says, bench: options } of faults) {
  test(`when ${what}, exactly that is found`, async () => {
    const bench = new DoctorBench(options);
    plant(bench);
    const findings = await bench.examine("lepton");
    assert.deepEqual(codesOf(findings), found, JSON.stringify(findings.all, null, 1));
    const [problem] = findings.problems;
    assert.match(`${problem?.text} ${problem?.remedy}`, says);
  });
}

test("a camera that only lost two checksums in passing is well", async () => {
  const bench = new DoctorBench();
  later({ kind: "crc-error", times: 2 })(bench);
  assert.deepEqual(codesOf(await bench.examine("lepton")), []);
});

test("a camera behind a switch is switched on before it is looked for", async () => {
  const bench = new DoctorBench({ lepton: { power: "off" } });
  bench.cameraPower = {
    path: "/dev/gpiochip0, line 17,",
    open: async () => bench.lepton.powerLine,
    holders: async () => [],
    hint: async () => "",
  };
  const findings = await bench.examine("lepton");
  assert.deepEqual(codesOf(findings), []);
  assert.equal(findings.all[0]?.check, "power-line");
});

test("each problem is reported with what could not be checked for it, and every check once", async () => {
  const bench = new DoctorBench();
  bench.slaves = [bench.scd41];
  const findings = await bench.examine("lepton");
  const names = findings.all.map(({ check }) => check);
  assert.deepEqual(names, [
    "i2c-bus",
    "lepton-control",
    "lepton-module",
    "lepton-settings",
    "spi-bus",
    "lepton-video",
    "lepton-shutter",
    "lepton-supply",
  ]);
});

test("long checks count down", async () => {
  const bench = new DoctorBench();
  await bench.examine("lepton");
  assert.ok(bench.progress.includes("Watching the camera's pictures: 3 s"), bench.progress.join("\n"));
  assert.equal(bench.progress.at(-1), "");
  assert.equal(bench.clock.timersSet, 0);
});
