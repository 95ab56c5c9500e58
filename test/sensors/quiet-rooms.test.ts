import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import { demoScenarios } from "#simulation/demo/demo-scenarios.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";

const startMicros = 1_750_000_000_000_000;
/** Longer than from one correction of the shutter to the next. */
const seconds = 200;

/** Everything that a device says about a demo room in which nothing burns. */
function watch(name: string): readonly string[] {
  const scenario = demoScenarios.find((one) => one.name === name)!;
  const episode = new Episode({ scenario, seed: 4, fire: "unlit", flameRenderer: "plume", seconds });
  const story: string[] = [];
  const detector = new DeviceDetector(
    {
      deviceId: name,
      width: 160,
      height: 120,
      badPixels: "find",
      mask: null,
      detectionPolicy: defaultDetectionPolicy,
      alarmPolicy: defaultAlarmPolicy,
      scorer: null,
      state: null,
      background: null,
      expects: { thermal: "required", air: "required", airPeriodSeconds: 5 },
    },
    {
      onSecond: () => undefined,
      onEvent: (event) => story.push(JSON.stringify(event)),
      onBadPixels: () => undefined,
    },
  );
  for (const entry of renderEpisode(episode, { startMicros })) {
    if (entry.kind === "thermal") detector.addFrame(entry.frame);
    if (entry.kind === "air") detector.addAir(entry.sample);
    if (entry.kind === "truth") detector.advance(entry.atMicros);
  }
  return story;
}

for (const name of ["quiet-office", "workshop-fire"])
  test(`minutes of the room of ${name} in which nothing burns raise no alarm and no trouble`, () => {
    assert.deepEqual(watch(name), []);
  });
