import type { ModelReading } from "#core/detection/model-reading.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { RecordedOrigin } from "./recorded-origin.ts";
import type { RecordedTruth } from "./recorded-truth.ts";

/** What a recording says about the device's set-up; each entry replaces the one before. */
export interface RecordingConfig {
  readonly device: string;
  readonly softwareVersion: string;
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 1 = known bad; null while none is known. */
  readonly badPixels: Uint8Array | null;
  /** One byte a pixel, 1 = masked by the operator; null without masks. */
  readonly mask: Uint8Array | null;
  /** The detection and alarm policy in force, as plain JSON. */
  readonly policy: unknown;
}

/**
 * One thing in a recording's time line, in the order it reached the detector. Replaying the entries in this order
 * repeats every decision byte for byte.
 */
export type RecordingEntry =
  | { readonly kind: "thermal"; readonly atMicros: number; readonly frame: ThermalFrame }
  | { readonly kind: "air"; readonly atMicros: number; readonly sample: AirSample }
  /** A reading of a sensor beside camera and CO2; decides nothing by itself. */
  | { readonly kind: "channel"; readonly atMicros: number; readonly sample: ChannelSample }
  /** The device's own "this second is over"; live and replay close seconds by the same ticks. */
  | { readonly kind: "tick"; readonly atMicros: number }
  | {
      readonly kind: "features";
      readonly atMicros: number;
      readonly schemaId: string;
      readonly values: Float64Array;
    }
  | {
      readonly kind: "score";
      readonly atMicros: number;
      readonly nearness: number;
      /** What the model said; absent where the device had none. */
      readonly model?: ModelReading;
    }
  | { readonly kind: "event"; readonly atMicros: number; readonly event: DeviceEvent }
  | { readonly kind: "config"; readonly atMicros: number; readonly config: RecordingConfig }
  /** What made a recording that no sensor made; stands first. A replay passes it over. */
  | { readonly kind: "origin"; readonly atMicros: number; readonly origin: RecordedOrigin }
  /** What was true in the simulated room in the second that has just ended. A replay passes it over. */
  | { readonly kind: "truth"; readonly atMicros: number; readonly truth: RecordedTruth }
  /** Something that could not be read; counted, never silently skipped. */
  | { readonly kind: "damage"; readonly atMicros: number; readonly what: string; readonly lost: number };
