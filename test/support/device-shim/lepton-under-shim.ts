import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { leptonCapture } from "#cli/lepton-capture.ts";
import { systemClock } from "#cli/system-clock.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";
import { indexOfPicture, numberedPicture } from "#support/lepton-bench.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { deviceShim } from "./device-shim-control.ts";

const packetBytes = 164;
const segmentBytes = 61 * packetBytes;
const segmentsInCycle = 12;
const pictures = 6;

beforeEach(() => deviceShim.reset());

/** What an emulated Lepton with telemetry puts on the wire in six pictures' time, without the discard packets. */
async function recordWire(): Promise<Uint8Array> {
  const clock = new ManualClock();
  let shown = 0;
  const lepton = new EmulatedLepton({
    clock,
    scene: () => {
      shown += 1;
      return numberedPicture(shown);
    },
  });
  const i2c = new EmulatedI2cBus([lepton.cci], { clock });
  clock.advanceMs(3_000);
  // Telemetry enable, as the facts sheet has it (§1.7, bus examples).
  for (const bytes of [
    [0, 8, 0, 1, 0, 0],
    [0, 6, 0, 2],
    [0, 4, 2, 0x19],
  ])
    await i2c.transfer({ address: 0x2a, write: Uint8Array.from(bytes), readBytes: 0 });
  clock.advanceMs(1_000);
  const wire: Uint8Array[] = [];
  const packets = pictures * segmentsInCycle * 61;
  for (let reads = 0; wire.length < packets; reads += 1) {
    assert.ok(reads < 10 * packets, "the emulated camera sends");
    const packet = new Uint8Array(packetBytes);
    lepton.spi.read(packet);
    if ((packet[0]! & 0x0f) === 0x0f) clock.advanceMs(0.5);
    else wire.push(packet);
  }
  return Buffer.concat(wire);
}

test("a Lepton is read through the kernel in the thread that up uses, each picture whole, and once more after its bus vanished", async () => {
  deviceShim.set("quiet", 1);
  deviceShim.play(await recordWire(), segmentBytes);
  const control = new EmulatedLepton({ clock: systemClock, scene: () => numberedPicture(0) });
  const camera = new LeptonCamera({
    capture: leptonCapture({ path: "/dev/spidev0.0" }),
    i2c: new EmulatedI2cBus([control.cci], { clock: systemClock }),
    power: null,
    clock: systemClock,
    settings: defaultLeptonSettings,
  });
  const frames: ThermalFrame[] = [];
  const faults: string[] = [];
  let told = (): void => {};
  const until = (isDone: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      told = () => {
        if (isDone()) resolve();
      };
    });
  await camera.start({
    onFrame: (frame) => {
      frames.push(frame);
      told();
    },
    onTrouble: () => {},
    onFault: ({ code, active }) => {
      faults.push(`${code} ${active}`);
      told();
    },
    onEnd: () => assert.fail("a camera does not end"),
  });
  await until(() => frames.length >= 2 * pictures);
  for (const { pixels, unit, telemetry, frameCounter } of frames) {
    indexOfPicture(pixels);
    assert.equal(unit, "centikelvin");
    assert.equal(telemetry!.words![20], frameCounter);
  }
  assert.equal(new Set(frames.map(({ frameCounter }) => frameCounter)).size, pictures);
  assert.equal(camera.counters.video.crcErrors, 0);
  deviceShim.set("unplugged", 1);
  await until(() => faults.includes("camera-link-failed true"));
  deviceShim.set("unplugged", 0);
  const before = frames.length;
  await until(() => frames.length >= before + pictures);
  for (const { pixels } of frames) indexOfPicture(pixels);
  assert.equal(faults.at(-1), "camera-link-failed false");
  await camera.stop();
  assert.equal(deviceShim.openCount(), 0);
});
