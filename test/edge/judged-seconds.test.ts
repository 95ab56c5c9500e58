import assert from "node:assert/strict";
import { test } from "node:test";
import { DeviceAgent } from "#edge/device-agent.ts";
import type { DeviceAgentOptions } from "#edge/device-agent-options.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { quietLink } from "#support/quiet-link.ts";
import { ScriptedAir, ScriptedCamera, ScriptedRoom } from "#support/scripted-camera.ts";

const framePeriodMs = 115;

/** A device without a hub, and how many seconds it has judged. */
class Bench {
  readonly clock = new ManualClock();
  readonly camera = new ScriptedCamera();
  readonly air = new ScriptedAir();
  readonly order: string[] = [];
  judged = 0;
  readonly #room = new ScriptedRoom();
  #last = this.#room.frameAt(this.clock.nowMicros());
  readonly agent: DeviceAgent;

  constructor(changes: Partial<DeviceAgentOptions> = {}) {
    this.agent = new DeviceAgent({
      deviceId: "kitchen",
      name: "Kitchen",
      source: "camera",
      camera: this.camera,
      air: this.air,
      clock: this.clock,
      brokerUrl: "",
      makeLink: () => quietLink({ addEvent: ({ type }) => `${this.order.push(`told ${type}`)}` }),
      dataFolder: null,
      demo: null,
      softwareVersion: "0",
      log: () => {},
      onOutput: ({ level }) => this.order.push(`output ${level}`),
      onJudged: () => {
        this.judged += 1;
      },
      ...changes,
    });
  }

  burn(): void {
    this.#room.burn(this.clock.nowMicros());
  }

  /** Time goes by; `pictures` says what the camera sends meanwhile. */
  pass(seconds: number, pictures: "new" | "the same" | "none"): void {
    for (let n = 0; n < (seconds * 1_000) / framePeriodMs; n += 1) {
      this.clock.advanceMs(framePeriodMs);
      const atMicros = this.clock.nowMicros();
      const { frameCounter } = this.#last;
      if (pictures === "new") this.#last = this.#room.frameAt(atMicros);
      else this.#last = { ...this.#last, capturedAtMicros: atMicros, frameCounter: frameCounter + 1 };
      if (pictures !== "none") this.camera.show(this.#last);
    }
  }
}

test("each second with new pictures is judged once", async () => {
  const bench = new Bench();
  await bench.agent.start();
  bench.pass(10, "new");
  assert.ok(bench.judged >= 9 && bench.judged <= 10, String(bench.judged));
  await bench.agent.stop();
});

for (const pictures of ["none", "the same"] as const) {
  test(`a camera that sends ${pictures} has nothing judged, though the process runs`, async () => {
    const bench = new Bench();
    await bench.agent.start();
    bench.pass(3, "new");
    bench.pass(2, pictures);
    const before = bench.judged;
    bench.pass(20, pictures);
    assert.equal(bench.judged, before);
    await bench.agent.stop();
  });
}

test("a device without a camera judges by CO2 that is new enough", async () => {
  const bench = new Bench({ camera: null });
  await bench.agent.start();
  bench.pass(5, "none");
  assert.equal(bench.judged, 0);
  const sampledAtMicros = bench.clock.nowMicros();
  bench.air.read({ sampledAtMicros, co2Ppm: 600, temperatureCelsius: 21, humidityPercent: 40 });
  bench.pass(30, "none");
  assert.ok(bench.judged >= 10 && bench.judged <= 13, String(bench.judged));
  await bench.agent.stop();
});

test("the output is driven before the event is given to anybody", async () => {
  const bench = new Bench({ air: null });
  await bench.agent.start();
  bench.pass(20, "new");
  bench.burn();
  bench.pass(20, "new");
  const at = bench.order.indexOf("output alarm");
  assert.ok(at >= 0, bench.order.join());
  assert.equal(bench.order[at + 1], "told level");
  await bench.agent.stop();
});
