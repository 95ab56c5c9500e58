import type { PixelUnit } from "#core/frames/thermal-frame.ts";

/** What a stream of pictures without telemetry means, because it does not say so itself. */
export type PureThermalSettings =
  /** 160×122 with telemetry (firmware 1.2.2 and later): each picture says what it is. */
  | { readonly telemetry: "with" }
  /** 160×120: the operator vouches for the unit. */
  | { readonly telemetry: "without"; readonly unit: PixelUnit };

/** What is right for a PureThermal with current firmware. */
export const defaultPureThermalSettings: PureThermalSettings = { telemetry: "with" };
