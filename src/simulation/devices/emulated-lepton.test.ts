import assert from "node:assert/strict";
import { test } from "node:test";
import { LeptonHost } from "#support/lepton-host.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { EmulatedLepton, type EmulatedLeptonOptions } from "./emulated-lepton.ts";
import { leptonPixels } from "./emulated-lepton-imager.ts";

/** Every picture another one, and every pixel of it told from its neighbours. */
function movingScene(): (atMicros: number) => Uint16Array {
  let count = 0;
  return () => {
    count += 1;
    return Uint16Array.from({ length: leptonPixels }, (_, i) => 29_000 + ((i * 7 + count * 13) % 4_000));
  };
}

function makeHost(options: Partial<EmulatedLeptonOptions> = {}): LeptonHost {
  const clock = new ManualClock();
  const lepton = new EmulatedLepton({ clock, scene: movingScene(), ...options });
  const host = new LeptonHost(lepton, clock);
  host.boot();
  return host;
}

test("segments come as 1, 2, 3, 4 and eight invalid ones, 106 a second", () => {
  const host = makeHost();
  const segments = host.segments(1_000);
  assert.ok(segments.length >= 104 && segments.length <= 106, `${segments.length} segments`);
  assert.ok(segments.every(({ packets }) => packets.length === 60));
  const numbers = segments.map(({ number }) => number).join("");
  assert.match(numbers, /^\d{0,12}(123400000000){7}\d*$/);
  assert.equal(host.lepton.videoCounts.syncLosses, 0);
});

test("packets are counted from 0 in each segment, and the idle time is filled with discard packets", () => {
  const host = makeHost();
  for (const { packets } of host.segments(200)) {
    assert.deepEqual(
      packets.map(({ id }) => id & 0xfff),
      Array.from({ length: 60 }, (_, i) => i),
    );
    assert.ok(packets.every(({ id }) => id < 0x8000));
  }
  assert.ok(host.lepton.videoCounts.discardPackets > 50);
});

test("unique pictures come 8.8 times a second, pixel for pixel as the scene is", () => {
  const seen: Uint16Array[] = [];
  const scene = movingScene();
  const host = makeHost({
    scene: (atMicros) => {
      const picture = scene(atMicros);
      seen.push(picture);
      return picture;
    },
  });
  const frames = host.frames(10_000);
  assert.ok(frames.length >= 87 && frames.length <= 89, `${frames.length} pictures`);
  const first = seen.findIndex((picture) => picture[0] === frames[0]!.pixels[0]);
  assert.ok(first >= 0);
  frames.forEach((frame, i) => {
    assert.deepEqual(frame.pixels, seen[first + i]);
  });
});
