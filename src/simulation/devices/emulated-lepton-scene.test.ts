import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "#core/random.ts";
import { bootedHost, flatScene } from "#support/lepton-host.ts";
import { readPurethermalClip } from "#support/purethermal-clip.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { LiveRoom } from "../demo/live-room.ts";
import { sceneOfPictures } from "./scene-of-pictures.ts";
import { SceneOfRoom } from "./scene-of-room.ts";

test("recorded pictures come out as they went in, each once, the last one held", () => {
  const pictures = [20, 21, 22].map(flatScene);
  const host = bootedHost({ scene: sceneOfPictures(pictures, { atEnd: "hold" }) });
  const frames = host.frames(1_000);
  assert.deepEqual(
    frames.slice(0, 5).map(({ pixels }) => pixels[0]),
    [29_315, 29_415, 29_515, 29_515, 29_515],
  );
});

test("or all of them again", () => {
  const pictures = [20, 21].map(flatScene);
  const host = bootedHost({ scene: sceneOfPictures(pictures, { atEnd: "repeat" }) });
  assert.deepEqual(
    host
      .frames(800)
      .slice(0, 4)
      .map(({ pixels }) => pixels[0]),
    [29_315, 29_415, 29_315, 29_415],
  );
});

test("real radiometric pictures pass bit for bit", needsRealRecordings(), () => {
  const clip = readPurethermalClip(
    realRecording("lepton35-y16-liflabuc", "thermal_20260512_151542.raw.y16.gz"),
  );
  const pictures = clip.map(({ pixels }) => pixels);
  const host = bootedHost({ scene: sceneOfPictures(pictures, { atEnd: "hold" }) });
  host.enableTelemetry();
  const frames = host.frames(9_200);
  assert.ok(frames.length >= 80 && frames.length <= pictures.length, `${frames.length} pictures`);
  frames.forEach(({ pixels }, i) => {
    assert.ok(
      pictures[i]!.every((value, at) => value === pixels[at]),
      `picture ${i}`,
    );
  });
});

test("an emulated room is seen with the module's own corrections", () => {
  const startMicros = 1_750_000_000_000_000;
  const room = new LiveRoom({ seed: 11, startMicros, kind: "occupied" });
  const seen = new SceneOfRoom({ room, random: new Random(5) });
  let corrections = 0;
  const host = bootedHost({
    scene: seen.scene,
    onCorrection: () => {
      corrections += 1;
      seen.onCorrection();
    },
  });
  host.enableTelemetry();
  assert.equal(corrections, 1);
  const frames = host.frames(600);
  const mean = frames[0]!.telemetry[22]!;
  assert.ok(mean > 29_000 && mean < 30_500, `${mean} counts are no room`);
  assert.equal(host.run(0x0240), 0);
  const states = host.frames(2_000).map(({ telemetry }) => (telemetry[3]! >> 4) & 0b11);
  assert.ok(states.includes(0b10) && states.at(-1) === 0b11);
  assert.equal(corrections, 2);
});
