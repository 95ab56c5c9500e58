import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { emulatedBench } from "./emulate/emulated-bench.ts";
import { startDeviceServer } from "./emulate/start-device-server.ts";
import { makeSensors } from "./make-sensors.ts";
import { linuxWiring, servedWiring } from "./sensor-wiring.ts";
import { systemClock } from "./system-clock.ts";

test("sensors start without their buses, and name what is missing as trouble", async () => {
  const places = { i2c: "/dev/i2c-97", spi: "/dev/spidev97.0", cameraPower: null, airPower: null };
  const wiring = linuxWiring(places);
  const { camera, air } = makeSensors(
    {
      room: "Room",
      emulated: null,
      camera: { kind: "lepton", settings: defaultLeptonSettings },
      air: defaultScd41Settings,
      extras: [],
      places,
    },
    { wiring, clock: systemClock },
  );
  const onEnd = (): void => assert.fail("a sensor never ends");
  const cameraFault = Promise.withResolvers<string>();
  const airTrouble = Promise.withResolvers<string>();
  await camera!.start({
    onFrame: () => assert.fail("there is no camera"),
    onTrouble: () => {},
    onFault: ({ code, active }) => cameraFault.resolve(`${code} ${active}`),
    onEnd,
  });
  await air!.start({
    onSample: () => assert.fail("there is no sensor"),
    onTrouble: (text) => airTrouble.resolve(text),
    onEnd,
  });
  assert.equal(await cameraFault.promise, "camera-link-failed true");
  // Without the package for sensors that is what is missing.
  assert.match(await airTrouble.promise, /\/dev\/i2c-97|koffi/);
  await Promise.all([camera!.stop(), air!.stop()]);
  await wiring.close();
});

test("served sensors are found again when their server comes back", async (context) => {
  const clock = new ManualClock();
  const room = new LiveRoom({ seed: 3, startMicros: clock.nowMicros(), kind: "workshop" });
  const path = join(await temporaryFolder(context), "devices.sock");
  const serve = () => {
    const bench = emulatedBench({ room, clock, seed: 3, segmentsKept: 1, pictures: null });
    return startDeviceServer({ path, devices: bench.served, log: () => {} });
  };
  const first = await serve();
  const wiring = await servedWiring(path);
  const status = { address: 0x2a, write: Uint8Array.of(0x00, 0x02), readBytes: 2 };
  clock.advanceMs(2_500);
  await wiring.i2c.transfer(status);
  await first.stop();
  await assert.rejects(wiring.i2c.transfer(status), { code: "gone" });
  const second = await serve();
  context.after(() => second.stop());
  clock.advanceMs(2_500);
  const answers = await Promise.all([
    wiring.i2c.transfer(status),
    wiring.i2c.transfer(status),
    wiring.airPower!.set("high"),
  ]);
  assert.deepEqual(Uint8Array.from(answers[1]), Uint8Array.of(0x00, 0x06));
  await wiring.close();
  await assert.rejects(wiring.i2c.transfer(status), { code: "gone" });
});
