import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import { microsPerSecond } from "#core/time.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import { encodeModelReading } from "#wire/model-messages.ts";

/** An older reading than this is no longer told; the CO2 feature has the same limit. */
const airAgeMaxMicros = 12 * microsPerSecond;

/** What the hub is told of one second. Absent values are null. */
export function telemetryMessage(said: {
  readonly second: FeatureSecond;
  readonly evidence: EvidenceWithModel;
  readonly newestAir: AirSample | null;
  readonly channels: readonly ChannelSample[];
  readonly camera: "watching" | "calibrating";
}): TelemetryMessage {
  const { second, evidence, newestAir, channels, camera } = said;
  const air =
    newestAir !== null && second.atMicros - newestAir.sampledAtMicros <= airAgeMaxMicros ? newestAir : null;
  return {
    v: 1,
    atMicros: second.atMicros,
    features: second.vector === null ? null : Array.from(second.vector, orNull),
    hottest: second.hottest,
    co2Ppm: orNull(second.air.co2Ppm),
    airTemperatureCelsius: orNull(air?.temperatureCelsius ?? Number.NaN),
    humidityPercent: orNull(air?.humidityPercent ?? Number.NaN),
    nearness: evidence.nearness,
    validFrames: second.validFrames,
    watch: {
      camera,
      thermal: evidence.thermalPresent ? "seen" : "unseen",
      evidence: evidence.alarm.length > 0 ? "alarm" : evidence.prealarm.length > 0 ? "prealarm" : "none",
    },
    ...(channels.length === 0
      ? {}
      : { channels: channels.map((sample) => ({ ...sample, value: orNull(sample.value) })) }),
    ...(evidence.model === null ? {} : { model: encodeModelReading(evidence.model) }),
  };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
