import { decodeLiveFrame, type LiveFrame } from "#wire/live-frame-codec.ts";

/** A picture and the device it comes from. */
export interface PictureMessage {
  readonly device: string;
  readonly frame: LiveFrame;
}

/** Reads a binary message of the live stream: length of the device id, the id in ASCII, the frame; null for anything else. */
export function decodePictureMessage(bytes: Uint8Array): PictureMessage | null {
  const idLength = bytes[0];
  if (idLength === undefined || idLength === 0 || bytes.length <= 1 + idLength) return null;
  const device = String.fromCharCode(...bytes.subarray(1, 1 + idLength));
  const frame = decodeLiveFrame(bytes.subarray(1 + idLength));
  return frame === null ? null : { device, frame };
}
