import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { indexOfPicture, numberedPicture } from "#support/lepton-bench.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { y16Picture, y16Telemetry } from "#support/y16-wire.ts";
import type { FrameStream, FrameStreamListener } from "../transport/frame-stream.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import { PureThermalCamera, pictureGapMaxMs, retryDelayMaxMs } from "./purethermal-camera.ts";
import { defaultPureThermalSettings, type PureThermalSettings } from "./purethermal-settings.ts";

/** A USB camera on a clock: plugged in, it sends a picture every 115 ms. */
class ScriptedStream implements FrameStream {
  readonly #clock: ManualClock;
  #listener: FrameStreamListener | null = null;
  #cancel: (() => void) | null = null;
  plug: "in" | "out" | "silent" | "busy" = "in";
  starts = 0;
  index = 0;
  /** What is sent as picture `index`. */
  draw: (index: number) => Uint8Array = (index) =>
    y16Picture({ pixels: numberedPicture(index), telemetry: y16Telemetry(index) });

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async start(listener: FrameStreamListener): Promise<void> {
    assert.equal(this.#listener, null, "it is started again only after it has ended");
    this.starts += 1;
    if (this.plug === "out") throw new TransportFailure("device-missing", "There is no /dev/video0.");
    if (this.plug === "busy") throw new TransportFailure("busy", "/dev/video0 is used by another program.");
    this.#listener = listener;
    this.#cancel = this.#clock.every(115, () => {
      if (this.plug !== "in") return;
      this.index += 1;
      this.#listener?.onBytes(this.draw(this.index));
    });
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#listener = null;
  }

  async pullOut(): Promise<void> {
    this.plug = "out";
    const listener = this.#listener;
    await this.stop();
    listener?.onEnd("/dev/video0 has been unplugged.");
  }
}

interface Bench {
  readonly clock: ManualClock;
  readonly stream: ScriptedStream;
  readonly camera: PureThermalCamera;
  readonly frames: ThermalFrame[];
  readonly troubles: string[];
  pass(ms: number): Promise<void>;
}

function bench(settings: PureThermalSettings = defaultPureThermalSettings): Bench {
  const clock = new ManualClock();
  const stream = new ScriptedStream(clock);
  return {
    clock,
    stream,
    camera: new PureThermalCamera({ stream, clock, settings }),
    frames: [],
    troubles: [],
    async pass(ms) {
      for (let passed = 0; passed < ms; passed += 50) {
        clock.advanceMs(50);
        for (let turn = 0; turn < 10; turn += 1) await null;
      }
    },
  };
}

async function start({ camera, frames, troubles }: Bench): Promise<void> {
  await camera.start({
    onFrame: (frame) => void frames.push(frame),
    onTrouble: (text) => void troubles.push(text),
    onEnd: () => assert.fail("a real camera never ends"),
  });
}

test("pictures come with their telemetry and the time of their arrival", async () => {
  const usb = bench();
  await start(usb);
  await usb.pass(11_500);
  assert.ok(usb.frames.length >= 99);
  for (const frame of usb.frames) {
    assert.equal(indexOfPicture(frame.pixels), frame.frameCounter);
    assert.equal(frame.unit, "centikelvin");
    assert.equal(frame.telemetry!.serialNumber!.endsWith("8a086110"), true);
  }
  const gaps = usb.frames
    .slice(1)
    .map((frame, i) => frame.capturedAtMicros - usb.frames[i]!.capturedAtMicros);
  assert.deepEqual(new Set(gaps), new Set([115_000]));
  assert.deepEqual(usb.troubles, []);
  await usb.camera.stop();
  assert.equal(usb.clock.timersSet, 0);
});

test("a camera that is pulled out is told, each reason once, tried with growing pauses, and comes back", async () => {
  const usb = bench();
  await start(usb);
  await usb.pass(1_000);
  await usb.stream.pullOut();
  assert.equal(usb.troubles.length, 1);
  assert.match(usb.troubles[0]!, /no pictures.*unplugged/);
  await usb.pass(120_000);
  // After 1, 2, 4, 8, 16, 30, 30 and 30 s.
  assert.ok(usb.stream.starts >= 7 && usb.stream.starts <= 9, `${usb.stream.starts} starts`);
  // That it vanished, and that it is not there, are two reasons; the seven tries after that say nothing new.
  assert.equal(usb.troubles.length, 2);
  usb.stream.plug = "in";
  await usb.pass(retryDelayMaxMs + 1_000);
  assert.deepEqual(usb.camera.troubles, []);
  assert.match(usb.troubles[2]!, /is open/);
  assert.match(usb.troubles[3]!, /sends pictures again/);
  assert.equal(indexOfPicture(usb.frames.at(-1)!.pixels), usb.stream.index);
  await usb.camera.stop();
  assert.equal(usb.clock.timersSet, 0);
});

test("a short interruption is over within two seconds", async () => {
  const usb = bench();
  await start(usb);
  await usb.pass(1_000);
  await usb.stream.pullOut();
  usb.stream.plug = "in";
  const { length } = usb.frames;
  await usb.pass(2_000);
  assert.ok(usb.frames.length > length + 5);
  await usb.camera.stop();
});

test("a camera that is not there at the start, or is in use, does not make the start fail", async () => {
  for (const plug of ["out", "busy"] as const) {
    const usb = bench();
    usb.stream.plug = plug;
    await start(usb);
    // The device is told by name that the camera cannot be opened, not only that no pictures come.
    assert.deepEqual(usb.camera.troubles, ["link-failed"]);
    assert.match(usb.troubles[0]!, plug === "out" ? /There is no/ : /another program/);
    usb.stream.plug = "in";
    await usb.pass(2_000);
    assert.deepEqual(usb.camera.troubles, []);
    await usb.camera.stop();
  }
});

test("a stream that says nothing is stopped and started again", async () => {
  const usb = bench();
  await start(usb);
  await usb.pass(1_000);
  usb.stream.plug = "silent";
  await usb.pass(pictureGapMaxMs + 600);
  assert.deepEqual(usb.camera.troubles, ["video-lost"]);
  usb.stream.plug = "in";
  await usb.pass(3_000);
  assert.equal(usb.stream.starts, 2);
  assert.deepEqual(usb.camera.troubles, []);
  await usb.camera.stop();
});

test("a picture that comes twice counts once, and one for ever is a trouble", async () => {
  const usb = bench();
  usb.stream.draw = (index) => {
    const at = Math.min(Math.ceil(index / 2), 20);
    return y16Picture({ pixels: numberedPicture(at), telemetry: y16Telemetry(at) });
  };
  await start(usb);
  await usb.pass(4_600);
  assert.equal(usb.frames.length, 20);
  await usb.pass(4_000);
  assert.ok(usb.camera.troubles.includes("picture-frozen"), usb.troubles.join("\n"));
  assert.ok(usb.camera.counters.camera.duplicates > 20);
  await usb.camera.stop();
});

test("pixels that are no temperatures are given on as such, with a trouble", async () => {
  const usb = bench();
  usb.stream.draw = (index) =>
    y16Picture({
      pixels: numberedPicture(index),
      telemetry: y16Telemetry(index, { 208: index < 20 ? 0 : 1 }),
    });
  await start(usb);
  await usb.pass(1_000);
  assert.ok(usb.frames.length > 5 && usb.frames.every(({ unit }) => unit === "raw-counts"));
  assert.deepEqual(usb.camera.troubles, ["not-radiometric"]);
  await usb.pass(2_000);
  assert.equal(usb.frames.at(-1)!.unit, "centikelvin");
  assert.deepEqual(usb.camera.troubles, []);
  await usb.camera.stop();
});

test("tenths of a kelvin become hundredths", async () => {
  const usb = bench();
  usb.stream.draw = (index) =>
    y16Picture({
      pixels: new Uint16Array(19_200).fill(2_930 + (index % 7)).fill(7_000, 0, 3),
      telemetry: y16Telemetry(index, { 209: 0 }),
    });
  await start(usb);
  await usb.pass(1_000);
  const { pixels } = usb.frames[0]!;
  assert.equal(pixels[100], 29_310);
  assert.equal(pixels[0], 65_535, "hotter than a pixel can say");
  await usb.camera.stop();
});

test("without telemetry the operator says what the pixels mean", async () => {
  const usb = bench({ telemetry: "without", unit: "centikelvin" });
  usb.stream.draw = (index) => y16Picture({ pixels: numberedPicture(index), telemetry: null });
  await start(usb);
  await usb.pass(1_000);
  assert.deepEqual(
    usb.frames.map(({ frameCounter, unit, telemetry }) => [frameCounter, unit, telemetry]),
    usb.frames.map((_, i) => [i, "centikelvin", null]),
  );
  assert.ok(usb.frames.length > 5);
  await usb.camera.stop();
});
