import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import { pixelOfCelsius } from "./pixel-value.ts";

/** Where the picture is hottest, in pixels from the top left, and the pixel value there. */
export interface HottestSpot {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/**
 * The hottest spot to mark: the device's own finding where it has one, because it leaves out bad and masked pixels;
 * otherwise the hottest pixel of the picture. Null for an empty picture.
 */
export function hottestSpot(frame: LiveFrame, telemetry: TelemetryMessage | null): HottestSpot | null {
  const found = telemetry?.hottest ?? null;
  if (frame.unit === "centikelvin" && found !== null && found.x < frame.width && found.y < frame.height)
    return { x: found.x, y: found.y, value: pixelOfCelsius(found.celsius) };
  if (frame.pixels.length === 0) return null;
  let index = 0;
  for (let i = 1; i < frame.pixels.length; i += 1) if (frame.pixels[i]! > frame.pixels[index]!) index = i;
  return { x: index % frame.width, y: Math.floor(index / frame.width), value: frame.pixels[index]! };
}
