import { encodePng } from "#recording/export-png.ts";
import { decodeLiveFrame } from "#wire/live-frame-codec.ts";

/** A picture of a device's live stream as a PNG file in the iron palette; null for bytes that are none. */
export function pictureFile(bytes: Uint8Array): Uint8Array | null {
  const picture = decodeLiveFrame(bytes);
  if (picture === null) return null;
  const { width, height, unit, pixels, capturedAtMicros, frameCounter } = picture;
  const frame = { width, height, unit, pixels, capturedAtMicros, frameCounter, telemetry: null };
  return encodePng(frame, "iron");
}
