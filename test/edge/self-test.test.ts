import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { AlarmOutputs } from "#edge/alarm-outputs.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import type { DeviceLinkOptions } from "#edge/device-link.ts";
import { selfTestProofSchema } from "#edge/self-tests/self-test-proof.ts";
import { EmulatedGpioLine } from "#simulation/devices/emulated-gpio-line.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { quietLink } from "#support/quiet-link.ts";
import { ScriptedCamera } from "#support/scripted-camera.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { HealthMessage, ReplyMessage } from "#wire/device-messages.ts";
import { commandTopic } from "#wire/topics.ts";

const framePeriodMs = 115;
/** The device has learnt the room by then. */
const learntSeconds = 12;

const size = { width: 40, height: 30 } as const;
const noise = ((random: Random) => Uint16Array.from({ length: 4_096 }, () => random.integer(9)))(
  new Random(7),
);

/** A wall at 22 °C in small pictures, and where it burns a square that grows by a row each second. */
class SmallRoom {
  readonly #random = new Random(8);
  #counter = 0;
  #sinceMicros: number | null = null;

  burn(sinceMicros: number): void {
    this.#sinceMicros = sinceMicros;
  }

  frameAt(atMicros: number): ThermalFrame {
    const shift = this.#random.integer(noise.length - size.width * size.height);
    const pixels = Uint16Array.from(
      { length: size.width * size.height },
      (_, i) => 29_515 + noise[shift + i]!,
    );
    const side = this.#sinceMicros === null ? 0 : Math.min(12, 3 + (atMicros - this.#sinceMicros) / 1e6);
    for (let y = 5; y < 5 + side; y += 1)
      for (let x = 5; x < 5 + side; x += 1) pixels[y * size.width + x] = 52_000 + this.#random.integer(2_000);
    this.#counter += 1;
    const frame = { capturedAtMicros: atMicros, frameCounter: this.#counter, unit: "centikelvin" } as const;
    return { ...size, ...frame, pixels, telemetry: null };
  }
}

/** A device with relay and sounder, whose hub gives receipts when a test says so. */
class Bench {
  readonly clock = new ManualClock();
  readonly camera = new ScriptedCamera();
  readonly room = new SmallRoom();
  readonly events: DeviceEvent[] = [];
  readonly replies: ReplyMessage[] = [];
  readonly levels = { relay: [] as string[], sounder: [] as string[] };
  relay: EmulatedGpioLine | null = null;
  hubIs: "there" | "away" = "there";
  #link: DeviceLinkOptions | null = null;
  #sent = 0;
  readonly outputs: AlarmOutputs;
  readonly agent: DeviceAgent;

  readonly dataFolder: string;

  constructor(dataFolder: string, changes: Partial<DeviceAgentOptions> = {}) {
    const { clock } = this;
    this.dataFolder = dataFolder;
    this.outputs = new AlarmOutputs({
      clock,
      fireRelayHighWhen: "normal",
      panelHighWhen: "normal",
      lines: {
        fireRelay: async (initial) => {
          this.relay = new EmulatedGpioLine(initial, (level) => this.levels.relay.push(level));
          return this.relay;
        },
        sounder: async (initial) => new EmulatedGpioLine(initial, (level) => this.levels.sounder.push(level)),
        heartbeat: null,
        panel: null,
        evacuation: null,
      },
      onProblem: () => {},
    });
    this.agent = new DeviceAgent({
      deviceId: "kitchen",
      name: "Kitchen",
      source: "camera",
      camera: this.camera,
      air: null,
      clock,
      brokerUrl: "",
      makeLink: (link) => {
        this.#link = link;
        return quietLink({
          reply: (_id, reply) => this.replies.push(reply),
          addEvent: (event) => this.#take(event, link),
        });
      },
      dataFolder,
      pictureSize: size,
      demo: null,
      softwareVersion: "0.1.0",
      log: () => {},
      onOutput: (output) => this.outputs.show(output),
      testOutputs: this.outputs,
      ...changes,
    });
  }

  static async start(context: TestContext, changes: Partial<DeviceAgentOptions> = {}): Promise<Bench> {
    const bench = new Bench(await temporaryFolder(context), changes);
    await bench.agent.start();
    context.after(() => bench.agent.stop());
    await bench.pass(learntSeconds);
    return bench;
  }

  get health(): HealthMessage {
    return this.#link!.health();
  }

  /** Names of the events, a self-test's with its stage. */
  get story(): string[] {
    return this.events.flatMap((event) =>
      event.type === "self-test"
        ? [`self-test ${event.stage}`]
        : event.type === "trouble" && event.code.startsWith("self-test")
          ? [`${event.code} ${event.active ? "on" : "off"}`]
          : event.type === "level"
            ? [event.level]
            : [],
    );
  }

  /** Sends a command; the device has begun it when this resolves. */
  async send(command: Readonly<Record<string, unknown>> & { readonly command: string }): Promise<void> {
    this.#sent += 1;
    const id = `command-${this.#sent}`;
    const body = { v: 1, id, ttlSeconds: 30, by: "Ada", ...command };
    const text = JSON.stringify({ ...body, issuedAtMicros: this.clock.nowMicros() });
    this.#link!.onCommand(commandTopic("kitchen", command.command), Buffer.from(text));
    const remembered = join(this.dataFolder, "kitchen.commands.json");
    while (!(await readFile(remembered, "utf8").catch(() => "")).includes(`"${id}"`));
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  selfTest(walkMinutes: number | null = null): Promise<void> {
    return this.send({ command: "self-test", reason: "", walkMinutes });
  }

  /** The camera sees the room for so long; what waits for the disk gets its turn every second. */
  async pass(seconds: number, pictures: "new" | "none" = "new"): Promise<void> {
    for (let n = 0; n < (seconds * 1_000) / framePeriodMs; n += 1) {
      this.clock.advanceMs(framePeriodMs);
      if (pictures === "new") this.camera.show(this.room.frameAt(this.clock.nowMicros()));
      if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The answer to the command of this number, which may wait for the disk. */
  async answer(number: number): Promise<string> {
    while (this.replies.length < number) await new Promise((resolve) => setImmediate(resolve));
    return this.replies[number - 1]!.text;
  }

  #take(event: DeviceEvent, { keeper }: DeviceLinkOptions): string {
    this.events.push(event);
    const id = `event-${this.events.length}`;
    if (this.hubIs === "there") queueMicrotask(() => keeper.received([id]));
    return id;
  }
}

async function proofsOf(bench: Bench) {
  const folder = join(bench.dataFolder, "kitchen.self-tests");
  const names = (await readdir(folder)).filter((name) => name.startsWith("self-test-"));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.map((text) => selfTestProofSchema.parse(JSON.parse(text)));
}

test("a self-test is found, read back at the relay, receipted and filed, and nothing acts", async (context) => {
  const bench = await Bench.start(context);
  await bench.selfTest();
  await bench.pass(45);
  assert.deepEqual(bench.story, ["self-test alarm", "self-test passed"]);
  assert.match(await bench.answer(1), /^Passed: The synthetic fire was found after \d/);
  const [proof] = await proofsOf(bench);
  const { fireAtMicros, alarmAtMicros, relayAtMicros, receiptAtMicros } = proof!.stages;
  assert.ok(alarmAtMicros! - fireAtMicros! < 15e6 && relayAtMicros !== null && receiptAtMicros !== null);
  assert.deepEqual(proof!.relay, { outputs: "inhibited", wanted: "high", read: "high", problem: null });
  assert.deepEqual([bench.levels.relay, bench.levels.sounder], [["high"], ["low"]]);
  assert.equal(bench.agent.state?.level, "normal");
  assert.equal(bench.health.selfTest?.outcome, "passed");
});

test("the real pipeline scores every picture during a self-test, first, and the second one at most as many", async (context) => {
  const bench = await Bench.start(context);
  const original = DeviceDetector.prototype.addFrame;
  const detectors: DeviceDetector[] = [];
  let isShowing = false;
  context.mock.method(
    DeviceDetector.prototype,
    "addFrame",
    function (this: DeviceDetector, ...frame: Parameters<typeof original>) {
      const isReal = detectors.length === 0 || detectors[0] === this;
      // The second pipeline works between two pictures, never while the first has one.
      assert.ok(isReal || !isShowing);
      detectors.push(this);
      original.apply(this, frame);
    },
  );
  await bench.selfTest();
  let shown = 0;
  for (let n = 0; n < 200; n += 1) {
    bench.clock.advanceMs(framePeriodMs);
    isShowing = true;
    bench.camera.show(bench.room.frameAt(bench.clock.nowMicros()));
    isShowing = false;
    shown += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const real = detectors.filter((detector) => detector === detectors[0]).length;
  assert.equal(real, shown);
  assert.ok(detectors.length - real > 40 && detectors.length - real <= shown, `${detectors.length - real}`);
});

test("a real prealarm ends a self-test at once, and the real alarm reaches the relay", async (context) => {
  const bench = await Bench.start(context);
  await bench.selfTest();
  await bench.pass(3);
  bench.room.burn(bench.clock.nowMicros());
  await bench.pass(25);
  assert.ok(bench.story.includes("self-test aborted"), bench.story.join());
  assert.ok(!bench.story.includes("self-test passed"), bench.story.join());
  assert.equal(bench.levels.relay.at(-1), "low");
  assert.equal(bench.levels.sounder.at(-1), "high");
  await bench.answer(1);
  await bench.selfTest();
  assert.match(await bench.answer(2), /Not while a prealarm, an alarm/);
});

test("in a manned walk test relay and sounder act for as long as was said, or until somebody silences", async (context) => {
  const bench = await Bench.start(context);
  await bench.selfTest(0.5);
  await bench.pass(20);
  assert.deepEqual(
    [bench.levels.relay, bench.levels.sounder],
    [
      ["high", "low"],
      ["low", "high"],
    ],
  );
  await bench.pass(40);
  assert.deepEqual([bench.levels.relay.at(-1), bench.levels.sounder.at(-1)], ["high", "low"]);
  assert.deepEqual(bench.story, ["self-test alarm", "self-test passed"]);
  await bench.selfTest(15);
  await bench.pass(20);
  assert.equal(bench.levels.sounder.at(-1), "high");
  await bench.send({ command: "act", act: "silence", reason: "", minutes: null });
  await bench.pass(1);
  assert.deepEqual([bench.levels.relay.at(-1), bench.levels.sounder.at(-1)], ["high", "low"]);
  assert.equal(bench.story.at(-1), "self-test aborted");
});

test("a relay that does not follow, a hub that gives no receipt and a camera without pictures fail it, which is trouble", async (context) => {
  const bench = await Bench.start(context);
  bench.relay!.read = async () => "low";
  await bench.selfTest();
  await bench.pass(25);
  assert.match(await bench.answer(1), /Failed: The fire relay's line reads low and was driven high/);
  delete (bench.relay as Partial<EmulatedGpioLine>).read;
  bench.hubIs = "away";
  await bench.selfTest();
  await bench.pass(90);
  assert.match(await bench.answer(2), /Failed: The hub gave no receipt/);
  await bench.selfTest();
  await bench.pass(70, "none");
  assert.match(await bench.answer(3), /Failed: The camera sent no pictures/);
  bench.hubIs = "there";
  await bench.pass(3);
  await bench.selfTest();
  await bench.pass(40);
  const troubles = bench.story.filter((name) => name.startsWith("self-test-failed"));
  assert.deepEqual(troubles, ["self-test-failed on", "self-test-failed off"], bench.story.join());
});

test("it tests itself daily, and a day without a test that passed is trouble", async (context) => {
  // The hours are short here: a day of ticks would take seconds.
  const time = new Date(new ManualClock().nowMicros() / 1_000 + 75 * 60_000);
  const dailyAt = [time.getHours(), time.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
  const bench = await Bench.start(context, { selfTest: { dailyAt, overdueHours: 1 } });
  bench.clock.advanceMs(70 * 60_000);
  assert.deepEqual(bench.story, ["self-test-overdue on"]);
  await bench.pass(6 * 60);
  assert.deepEqual(bench.story, [
    "self-test-overdue on",
    "self-test alarm",
    "self-test passed",
    "self-test-overdue off",
  ]);
});

test("how long ago a test passed is known after a restart", async (context) => {
  const folder = await temporaryFolder(context);
  await mkdir(join(folder, "kitchen.self-tests"));
  const sinceMicros = new ManualClock().nowMicros() - 26 * 3_600e6;
  await writeFile(join(folder, "kitchen.self-tests", "since.json"), JSON.stringify({ v: 1, sinceMicros }));
  const bench = new Bench(folder, { selfTest: { dailyAt: "10:00", overdueHours: 25 } });
  await bench.agent.start();
  assert.deepEqual(bench.story, ["self-test-overdue on"]);
  await bench.agent.stop();
});
