import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import { EmulatedRoom, type EmulatedRoomKind } from "#simulation/emulated-room.ts";

const startMicros = 1_750_000_000_000_000;
const framesPerSecond = 2;

/** Everything that a device says about a room in which nothing burns. */
function watch(kind: EmulatedRoomKind, seconds: number): readonly string[] {
  const room = new EmulatedRoom({ seed: 4, startMicros, kind });
  const story: string[] = [];
  const detector = new DeviceDetector(
    {
      deviceId: kind,
      width: 160,
      height: 120,
      badPixels: "find",
      mask: null,
      detectionPolicy: defaultDetectionPolicy,
      alarmPolicy: defaultAlarmPolicy,
      scorer: null,
      state: null,
      background: null,
      expects: { thermal: "required", air: "required", airPeriodSeconds: 5, framesPerSecond },
    },
    {
      onSecond: () => undefined,
      onEvent: (event) => story.push(JSON.stringify(event)),
      onBadPixels: () => undefined,
    },
  );
  for (let second = 1; second <= seconds; second += 1) {
    for (let frame = 0; frame < framesPerSecond; frame += 1)
      detector.addFrame(room.frameAt(startMicros + (second + frame / framesPerSecond) * 1e6));
    if (second % 5 === 0) detector.addAir(room.airAt(startMicros + (second + 0.8) * 1e6));
    detector.advance(startMicros + (second + 1) * 1e6);
  }
  return story;
}

for (const kind of ["occupied", "workshop"] as const)
  test(`ten minutes of the ${kind} demo room raise no alarm and no trouble`, () => {
    assert.deepEqual(watch(kind, 600), []);
  });
