import fc from "fast-check";
import { parseLeptonTelemetry } from "#core/frames/lepton-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { plainObjects, scoreFields } from "./model-readings.ts";

/** Size of the maps in a drawn configuration. */
const size = { width: 16, height: 12 };

const micros = fc.integer({ min: 0, max: 4e15 });
const reading = fc.oneof(
  fc.constant(Number.NaN),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((v) => v + 0),
);
const words = fc
  .uint16Array({ minLength: 240, maxLength: 240 })
  .map((values) => parseLeptonTelemetry(Uint16Array.from(values)));
const partTelemetry = words.map((telemetry) => ({ ...telemetry, ffcState: null, uptimeMs: null }));
const frame: fc.Arbitrary<ThermalFrame> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc.record(
      {
        width: fc.constant(width),
        height: fc.constant(height),
        capturedAtMicros: micros,
        frameCounter: fc.nat(),
        unit: fc.constantFrom("centikelvin", "raw-counts"),
        pixels: fc
          .uint16Array({ minLength: width * height, maxLength: width * height })
          .map((values) => Uint16Array.from(values)),
        telemetry: fc.oneof(
          fc.constant(null),
          words,
          partTelemetry,
          partTelemetry.map((telemetry) => ({ ...telemetry, words: null })),
        ),
      },
      plainObjects,
    ),
  );
const map = fc.option(
  fc
    .uint8Array({ minLength: size.width * size.height, maxLength: size.width * size.height })
    .map((values) => Uint8Array.from(values)),
  { nil: null },
);
/** Draws anything that a recording can hold. */
export const anyRecordingEntry: fc.Arbitrary<RecordingEntry> = micros.chain((atMicros) =>
  fc.oneof(
    frame.map((one): RecordingEntry => ({ kind: "thermal", atMicros, frame: one })),
    fc
      .record({
        sampledAtMicros: micros,
        co2Ppm: reading,
        temperatureCelsius: reading,
        humidityPercent: reading,
      })
      .map((sample): RecordingEntry => ({ kind: "air", atMicros, sample: { ...sample } })),
    fc
      .record({
        sensor: fc.constantFrom("sps30", "sgp41"),
        channel: fc.string({ maxLength: 50 }),
        value: reading,
        unit: fc.constantFrom("µg/m³", "ticks"),
        sampledAtMicros: micros,
      })
      .map((sample): RecordingEntry => ({ kind: "channel", atMicros, sample: { ...sample } })),
    fc.constant<RecordingEntry>({ kind: "tick", atMicros }),
    fc
      .tuple(fc.string({ maxLength: 50 }), fc.array(reading, { maxLength: 32 }))
      .map(([schemaId, values]): RecordingEntry => {
        return { kind: "features", atMicros, schemaId, values: Float64Array.from(values) };
      }),
    scoreFields.map((fields): RecordingEntry => ({ kind: "score", atMicros, ...fields })),
    fc.integer({ min: 1 }).map((sequence): RecordingEntry => {
      const text = "The camera is silent: check its cable.";
      return {
        kind: "event",
        atMicros,
        event: { type: "trouble", sequence, atMicros, code: "camera-silent", active: true, text },
      };
    }),
    fc
      .record(
        { badPixels: map, mask: map, policy: fc.constantFrom(null, 1, "x", { limit: [1.5, null] }) },
        plainObjects,
      )
      .map((part): RecordingEntry => {
        return { kind: "config", atMicros, config: { device: "d", softwareVersion: "1", ...size, ...part } };
      }),
    fc.nat().map((lost): RecordingEntry => ({ kind: "damage", atMicros, what: "a gap", lost })),
    fc.integer().map((seed): RecordingEntry => {
      const versions = { physicsVersion: "1", softwareVersion: "0.1.0" };
      const details = { variation: { growthFactor: 1.5 }, modelled: ["flame"] };
      const origin = { kind: "simulated", scenario: "s", seed, room: "r", ...versions, details } as const;
      return { kind: "origin", atMicros, origin };
    }),
    fc
      .record(
        {
          seconds: fc.nat(),
          label: fc.constantFrom("none", "flaming"),
          stage: fc.constantFrom("none", "incipient"),
          heatReleaseKilowatts: fc.nat(),
          flamePixels: fc.nat(),
          hotPixels: fc.nat(),
          fireDistanceMetres: fc.constantFrom(null, 3.5),
        },
        plainObjects,
      )
      .map((truth): RecordingEntry => ({ kind: "truth", atMicros, truth })),
  ),
);
