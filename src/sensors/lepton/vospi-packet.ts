import { vospiCrc } from "./vospi-crc.ts";

/** Bytes of ID and CRC before the pixels. */
export const packetHeaderBytes = 4;

/** Words in a packet: half a row of the picture. */
export const packetWords = 80;

/** Packets of a segment without telemetry. */
export const packetsPerSegment = 60;

/** Packets of a segment with telemetry. */
export const packetsPerTelemetrySegment = 61;

/** The only packet whose TTT bits mean something: the number of its segment. */
export const segmentNumberPacket = 20;

/** Segments of a picture; number 0 marks a segment that is to be thrown away. */
export const segmentsPerFrame = 4;

/** The ID field of the packet that begins at `start`. */
export function packetId(bytes: Uint8Array, start: number): number {
  return (bytes[start]! << 8) | bytes[start + 1]!;
}

/** The CRC field of the packet that begins at `start`. */
export function packetCrcField(bytes: Uint8Array, start: number): number {
  return (bytes[start + 2]! << 8) | bytes[start + 3]!;
}

/** True for a discard packet (ID xFxx): the camera has nothing to show; its CRC and pixels mean nothing. */
export function isDiscardId(id: number): boolean {
  return (id & 0x0f00) === 0x0f00;
}

/** Place of a packet in its segment, from 0. */
export function packetNumber(id: number): number {
  return id & 0x0fff;
}

/** TTT: the number of the segment, in packet 20 only. */
export function segmentField(id: number): number {
  return (id >>> 12) & 0b111;
}

/** True when the packet that begins at `start` carries the right CRC and the always-zero bit of its ID is zero. */
export function isIntactPacket(bytes: Uint8Array, start: number): boolean {
  if ((bytes[start]! & 0x80) !== 0) return false;
  return vospiCrc(bytes, start) === packetCrcField(bytes, start);
}
