import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { I2cBus, I2cTransfer } from "../transport/i2c-bus.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import { Cci } from "./cci.ts";
import { type CciCommand, cciCommands } from "./cci-commands.ts";
import { StoppableWait } from "./stoppable-wait.ts";

const idle = 0x0006;

/** A camera that answers each status register read with the next of a list, the last for ever, and data with `data`. */
class ScriptedCamera implements I2cBus {
  readonly writes: string[] = [];
  readonly statuses: number[];
  readonly data: readonly number[];
  failure: TransportFailure | null = null;

  constructor({ statuses = [idle], data = [] }: { statuses?: number[]; data?: readonly number[] } = {}) {
    this.statuses = [...statuses];
    this.data = data;
  }

  async transfer({ address, write, readBytes }: I2cTransfer): Promise<Uint8Array> {
    assert.equal(address, 0x2a);
    if (this.failure !== null) throw this.failure;
    const hex = [...write].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
    if (readBytes === 0) {
      this.writes.push(hex);
      return new Uint8Array(0);
    }
    if (hex === "00 02") {
      const status = this.statuses.length > 1 ? this.statuses.shift()! : this.statuses[0]!;
      return Uint8Array.of(status >> 8, status & 0xff);
    }
    assert.equal(hex, "00 08");
    return Uint8Array.from(this.data).subarray(0, readBytes);
  }

  async close(): Promise<void> {}
}

interface Bench {
  readonly camera: ScriptedCamera;
  readonly cci: Cci;
  readonly clock: ManualClock;
  readonly wait: StoppableWait;
}

function bench(script: ConstructorParameters<typeof ScriptedCamera>[0] = {}): Bench {
  const camera = new ScriptedCamera(script);
  const clock = new ManualClock();
  const wait = new StoppableWait(clock);
  return { camera, clock, wait, cci: new Cci({ i2c: camera, clock, wait }) };
}

/** Lets time pass until a promise is settled; fails when `withinMs` do not suffice. */
async function finish<T>(clock: ManualClock, promise: Promise<T>, withinMs = 60_000): Promise<T> {
  let isSettled = false;
  const noted = promise.finally(() => {
    isSettled = true;
  });
  noted.catch(() => undefined);
  for (let passed = 0; passed < withinMs; passed += 1) {
    for (let turn = 0; turn < 20 && !isSettled; turn += 1) await null;
    if (isSettled) return promise;
    clock.advanceMs(1);
  }
  return assert.fail("still not done");
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Failure, String(error));
  return error;
}

const sets: readonly (readonly [
  what: string,
  command: CciCommand,
  value: number,
  writes: readonly string[],
])[] = [
  ["AGC off", cciCommands.agcEnable, 0, ["00 08 00 00 00 00", "00 06 00 02", "00 04 01 01"]],
  ["telemetry on", cciCommands.telemetryEnable, 1, ["00 08 00 01 00 00", "00 06 00 02", "00 04 02 19"]],
  [
    "telemetry as footer",
    cciCommands.telemetryLocation,
    1,
    ["00 08 00 01 00 00", "00 06 00 02", "00 04 02 1D"],
  ],
  ["TLinear on", cciCommands.tLinearEnable, 1, ["00 08 00 01 00 00", "00 06 00 02", "00 04 4E C1"]],
  ["0.01 K", cciCommands.tLinearResolution, 1, ["00 08 00 01 00 00", "00 06 00 02", "00 04 4E C5"]],
  ["0.1 K", cciCommands.tLinearResolution, 0, ["00 08 00 00 00 00", "00 06 00 02", "00 04 4E C5"]],
  ["automatic gain", cciCommands.gainMode, 2, ["00 08 00 02 00 00", "00 06 00 02", "00 04 02 49"]],
];

for (const [what, command, value, writes] of sets) {
  test(`${what} goes over the bus as in the facts sheet`, async () => {
    const { cci, camera, clock } = bench();
    await finish(clock, cci.setLong(command, value));
    assert.deepEqual(camera.writes, writes);
  });
}

test("running a correction and rebooting go over the bus as in the facts sheet", async () => {
  const { cci, camera, clock } = bench();
  await finish(clock, cci.run(cciCommands.runFfc));
  await finish(clock, cci.runWithoutAnswer(cciCommands.reboot));
  assert.deepEqual(camera.writes, ["00 06 00 00", "00 04 02 42", "00 06 00 00", "00 04 48 42"]);
});

test("reading goes over the bus as in the facts sheet", async () => {
  const fpa = bench({ data: [0x76, 0x6b] });
  assert.deepEqual(await finish(fpa.clock, fpa.cci.get(cciCommands.fpaTemperature)), Uint16Array.of(30_315));
  assert.deepEqual(fpa.camera.writes, ["00 06 00 01", "00 04 02 14"]);
  const spot = bench({ data: [0x75, 0x30, 0x75, 0x31, 0x75, 0x2f, 0, 4] });
  const words = await finish(spot.clock, spot.cci.get(cciCommands.spotmeter));
  assert.deepEqual(words, Uint16Array.of(30_000, 30_001, 29_999, 4));
  assert.deepEqual(spot.camera.writes, ["00 06 00 04", "00 04 4E D0"]);
});

test("two words are one number, the less significant first", async () => {
  const { cci, clock } = bench({ data: [0x93, 0xe0, 0x00, 0x04] });
  assert.equal(await finish(clock, cci.getLong(cciCommands.uptimeMs)), 300_000);
});

test("a busy camera is waited for, and not for ever", async () => {
  const patient = bench({ statuses: [7, 7, 7, idle, 7, 7, idle], data: [0, 1, 0, 0] });
  assert.equal(await finish(patient.clock, patient.cci.getLong(cciCommands.gainMode)), 1);
  const stuck = bench({ statuses: [7] });
  const failure = await failureOf(finish(stuck.clock, stuck.cci.getLong(cciCommands.gainMode), 1_100));
  assert.equal(failure.code, "lepton-busy");
  assert.match(failure.message, /gain mode.*0x0248/);
  assert.deepEqual(stuck.camera.writes, []);
  const dark = bench({ statuses: [2] });
  const notBooted = await failureOf(finish(dark.clock, dark.cci.run(cciCommands.ping), 1_100));
  assert.equal(notBooted.code, "lepton-not-booted");
});

const refusals: Readonly<Record<number, { code: string; tries: number }>> = {
  255: { code: "lepton-error", tries: 3 },
  254: { code: "lepton-not-ready", tries: 3 },
  253: { code: "lepton-range-error", tries: 1 },
  252: { code: "lepton-checksum-error", tries: 3 },
  251: { code: "lepton-bad-argument", tries: 1 },
  250: { code: "lepton-data-size", tries: 1 },
  249: { code: "lepton-undefined", tries: 1 },
  248: { code: "lepton-not-supported", tries: 1 },
  247: { code: "lepton-out-of-range", tries: 1 },
  245: { code: "lepton-not-allowed", tries: 1 },
  241: { code: "lepton-otp-error", tries: 1 },
  128: { code: "lepton-unknown-result", tries: 3 },
};

for (const [result, { code, tries }] of Object.entries(refusals)) {
  test(`result ${Number(result).toString(16)} is "${code}" and names the command`, async () => {
    const { cci, camera, clock } = bench({ statuses: [(Number(result) << 8) | idle] });
    const failure = await failureOf(finish(clock, cci.setLong(cciCommands.tLinearEnable, 1)));
    assert.equal(failure.code, code);
    assert.match(failure.message, /set "TLinear.*0x4EC1/);
    assert.equal(camera.writes.filter((line) => line === "00 04 4E C1").length, tries);
    assert.deepEqual(cci.counters, { commands: 0, retries: tries - 1, failures: 1 });
  });
}

test("a command that fails once is sent again", async () => {
  const { cci, camera, clock } = bench({ statuses: [idle, 0xff06, 0xff06, idle], data: [0, 1, 0, 0] });
  assert.equal(await finish(clock, cci.getLong(cciCommands.gainMode)), 1);
  assert.deepEqual(cci.counters, { commands: 1, retries: 1, failures: 0 });
  assert.equal(camera.writes.length, 4);
});

test("a camera that does not acknowledge is tried three times, a missing bus once", async () => {
  for (const [code, tries] of [["no-answer", 3] as const, ["device-missing", 1] as const]) {
    const { cci, camera, clock } = bench();
    camera.failure = new TransportFailure(code, "planted");
    const failure = await failureOf(finish(clock, cci.run(cciCommands.ping)));
    assert.equal(failure.code, code);
    assert.equal(cci.counters.retries, tries - 1);
  }
});

test("an answer that is cut short is no answer", async () => {
  const { cci, clock } = bench({ data: [0] });
  const failure = await failureOf(finish(clock, cci.getLong(cciCommands.gainMode)));
  assert.equal(failure.code, "bus-error");
});

test("commands are done one after the other, and a failed one does not hold up the next", async () => {
  const { cci, camera, clock } = bench({ statuses: [0xfd06, 0xfd06, idle] });
  const first = cci.setLong(cciCommands.gainMode, 9);
  const second = cci.run(cciCommands.ping);
  assert.equal((await failureOf(finish(clock, first))).code, "lepton-range-error");
  await finish(clock, second);
  assert.deepEqual(camera.writes.slice(-2), ["00 06 00 00", "00 04 02 02"]);
});

test("booting is waited for until the camera says that it is done, or for the time given", async () => {
  const { cci, camera, clock } = bench({ statuses: [2, 2, 3, 7, idle] });
  await finish(clock, cci.waitUntilBooted({ withinMs: 3_000 }));
  camera.failure = new TransportFailure("no-answer", "planted");
  const failure = await failureOf(finish(clock, cci.waitUntilBooted({ withinMs: 3_000 }), 3_100));
  assert.equal(failure.code, "no-answer");
});

test("stopping ends a wait at once and leaves no timer", async () => {
  const { cci, clock, wait } = bench({ statuses: [7] });
  const command = failureOf(cci.run(cciCommands.ping));
  await null;
  clock.advanceMs(20);
  for (let turn = 0; turn < 10; turn += 1) await null;
  wait.stop();
  assert.equal((await command).code, "lepton-stopped");
  assert.equal(clock.timersSet, 0);
});
