import assert from "node:assert/strict";
import { test } from "node:test";
import { AlarmOutputs, type AlarmOutputsOptions } from "#edge/alarm-outputs.ts";
import type { LocalOutput } from "#edge/local-output.ts";
import type { ReadableGpioLine } from "#sensors/transport/gpio-line.ts";
import { EmulatedGpioLine } from "#simulation/devices/emulated-gpio-line.ts";
import { ManualClock } from "#support/manual-clock.ts";

const quiet: LocalOutput = { level: "normal", sounding: false, gasHazard: false, test: false };
const fire: LocalOutput = { level: "alarm", sounding: true, gasHazard: false, test: false };

class Bench {
  readonly clock = new ManualClock();
  /** Every level that a line was driven to, in order, over all lines that were opened. */
  readonly levels = {
    relay: [] as string[],
    sounder: [] as string[],
    heartbeat: [] as string[],
    panel: [] as string[],
    evacuation: [] as string[],
  };
  readonly problems: (string | null)[] = [];
  relayIs: "there" | "missing" | "failing" | "stuck" = "there";
  readonly outputs: AlarmOutputs;

  constructor(fireRelayHighWhen: AlarmOutputsOptions["fireRelayHighWhen"] = "normal") {
    const open =
      (name: keyof Bench["levels"]) =>
      async (initial: "high" | "low"): Promise<ReadableGpioLine> => {
        if (name === "relay" && this.relayIs === "missing") throw new Error("no such chip");
        const line = new EmulatedGpioLine(initial, (level) => this.levels[name].push(level));
        return {
          close: () => line.close(),
          read: async () => (this.relayIs === "stuck" && name === "relay" ? "high" : line.read()),
          set: async (level) => {
            if (name === "relay" && this.relayIs === "failing") throw new Error("the line is gone");
            await line.set(level);
          },
        };
      };
    this.outputs = new AlarmOutputs({
      clock: this.clock,
      fireRelayHighWhen,
      panelHighWhen: fireRelayHighWhen,
      lines: {
        fireRelay: open("relay"),
        sounder: open("sounder"),
        heartbeat: open("heartbeat"),
        panel: open("panel"),
        evacuation: open("evacuation"),
      },
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  async show(output: LocalOutput): Promise<void> {
    this.outputs.show(output);
    await settle();
  }

  async second(): Promise<void> {
    this.clock.advanceMs(1_000);
    await settle();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a relay that falls in alarm is held high while all is well", async () => {
  const bench = new Bench();
  await bench.show(quiet);
  await bench.show(fire);
  assert.deepEqual(bench.levels.relay, ["high", "low"]);
  assert.deepEqual(bench.levels.sounder, ["low", "high"]);
});

test("a relay that is drawn in alarm is low while all is well", async () => {
  const bench = new Bench("alarm");
  await bench.show(quiet);
  await bench.show(fire);
  assert.deepEqual(bench.levels.relay, ["low", "high"]);
});

test("the panel's line falls in FIRE of the zone, and evacuation sounds until it is silenced", async () => {
  const bench = new Bench();
  bench.outputs.showZone({ panel: "off", evacuation: "off" });
  await settle();
  await bench.show(fire);
  assert.deepEqual(bench.levels.panel, ["high"]);
  bench.outputs.showZone({ panel: "on", evacuation: "on" });
  await settle();
  bench.outputs.showZone({ panel: "on", evacuation: "off" });
  await settle();
  assert.deepEqual(bench.levels.panel, ["high", "low"]);
  assert.deepEqual(bench.levels.evacuation, ["low", "high", "low"]);
});

test("an alarm from before a restart is shown from the first moment on", async () => {
  const bench = new Bench();
  await bench.show(fire);
  assert.deepEqual(bench.levels.relay, ["low"]);
});

test("an alarm that is silenced keeps its relay, and the sounder stops", async () => {
  const bench = new Bench();
  await bench.show(fire);
  await bench.show({ ...fire, sounding: false });
  assert.deepEqual(bench.levels.relay, ["low"]);
  assert.deepEqual(bench.levels.sounder, ["high", "low"]);
});

test("an open line is driven before show returns", async () => {
  const bench = new Bench();
  await bench.show(quiet);
  bench.outputs.show(fire);
  assert.deepEqual(bench.levels.relay, ["high", "low"]);
});

test("a test calls nobody", async () => {
  const bench = new Bench();
  await bench.show({ ...fire, test: true });
  assert.deepEqual(bench.levels.relay, ["high"]);
  assert.deepEqual(bench.levels.sounder, ["low"]);
});

test("the heartbeat changes with each beat and by nothing else", async () => {
  const bench = new Bench();
  await bench.show(quiet);
  for (let n = 0; n < 3; n += 1) {
    bench.outputs.beat();
    await bench.second();
  }
  await bench.second();
  assert.deepEqual(bench.levels.heartbeat, ["high", "low", "high"]);
});

test("a line that is missing is told once, and taken with what is wanted when it comes", async () => {
  const bench = new Bench();
  bench.relayIs = "missing";
  await bench.show(quiet);
  await bench.second();
  assert.deepEqual(bench.problems, ["The fire relay cannot be driven: no such chip"]);
  await bench.show(fire);
  bench.relayIs = "there";
  await bench.second();
  assert.deepEqual(bench.levels.relay, ["low"]);
  assert.equal(bench.problems.at(-1), null);
});

test("a line that fails later is found within a second, and driven again when it comes back", async () => {
  const bench = new Bench();
  await bench.show(quiet);
  bench.relayIs = "failing";
  await bench.second();
  assert.match(bench.problems.at(-1) ?? "", /the line is gone/);
  bench.relayIs = "there";
  await bench.second();
  await bench.second();
  assert.equal(bench.problems.at(-1), null);
});
