import assert from "node:assert/strict";
import { test } from "node:test";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { sampleMicros } from "#support/alarm-samples.ts";
import { telemetrySchema } from "#wire/device-messages.ts";
import { telemetryMessage } from "./telemetry-message.ts";

const evidence: EvidenceWithModel = {
  atMicros: sampleMicros,
  thermalPresent: true,
  airPresent: true,
  alarm: [],
  prealarm: [],
  supervisory: [],
  gasHazard: [],
  severeHeat: false,
  nearness: 0.25,
  model: null,
};

function second(changes: Partial<FeatureSecond> = {}): FeatureSecond {
  return {
    atMicros: sampleMicros,
    vector: new Float64Array(18).fill(1.5),
    regions: [],
    tracked: [],
    severeMasked: [],
    watchedPixels: 19_200,
    commissionedHot: null,
    air: { co2Ppm: 640, co2DeltaPpm: 0, co2SlopePpmPerSecond: 0 },
    validFrames: 9,
    rejectedFrames: 0,
    saturatedPixels: 0,
    hottest: { x: 1, y: 2, celsius: 33 },
    ...changes,
  };
}

function reading(ageSeconds: number): Parameters<typeof telemetryMessage>[0]["newestAir"] {
  const sampledAtMicros = sampleMicros - ageSeconds * 1_000_000;
  return { sampledAtMicros, co2Ppm: 640, temperatureCelsius: 21, humidityPercent: 40 };
}

test("a second is told as the schema says", () => {
  const message = telemetryMessage({
    second: second(),
    evidence,
    newestAir: reading(3),
    channels: [],
    camera: "watching",
  });
  assert.deepEqual(telemetrySchema.parse(JSON.parse(JSON.stringify(message))), message);
  assert.deepEqual([message.co2Ppm, message.airTemperatureCelsius, message.nearness], [640, 21, 0.25]);
});

test("absent values are null, never zero or an old reading", () => {
  const vector = new Float64Array(18).fill(Number.NaN);
  const air = { co2Ppm: Number.NaN, co2DeltaPpm: Number.NaN, co2SlopePpmPerSecond: Number.NaN };
  const message = telemetryMessage({
    second: second({ vector, air }),
    evidence,
    newestAir: reading(13),
    channels: [],
    camera: "calibrating",
  });
  assert.deepEqual(new Set(message.features), new Set([null]));
  assert.deepEqual(
    [message.co2Ppm, message.airTemperatureCelsius, message.humidityPercent],
    [null, null, null],
  );
  assert.equal(message.watch?.camera, "calibrating");
  const without = second({ vector: null, hottest: null });
  assert.equal(
    telemetryMessage({ second: without, evidence, newestAir: null, channels: [], camera: "watching" })
      .features,
    null,
  );
});

test("extra channels are told with their units, an unknown value as null", () => {
  const sample = { sensor: "sps30", channel: "pm2.5", unit: "µg/m³", sampledAtMicros: sampleMicros };
  const channels = [
    { ...sample, value: 12.5 },
    { ...sample, channel: "pm10", value: Number.NaN },
  ];
  const message = telemetryMessage({
    second: second(),
    evidence,
    newestAir: null,
    channels,
    camera: "watching",
  });
  assert.deepEqual(telemetrySchema.parse(JSON.parse(JSON.stringify(message))), message);
  assert.deepEqual(
    message.channels?.map((one) => one.value),
    [12.5, null],
  );
});

test("what the model said goes out with the second, its absent probabilities as null", () => {
  const scores = { sensors: "fused", regions: [], airBurning: Number.NaN } as const;
  const model = { packageHash: "c".repeat(64), outcome: "judged", probability: 0, scores } as const;
  const said = {
    second: second(),
    evidence: { ...evidence, model },
    newestAir: null,
    channels: [],
    camera: "watching",
  } as const;
  const message = telemetrySchema.parse(telemetryMessage(said));
  assert.equal(message.model?.sensors, "fused");
  assert.equal(message.model?.probability, 0);
  assert.equal(message.model?.airBurning, null);
  assert.equal("model" in telemetryMessage({ ...said, evidence }), false);
});
