import { crc16 } from "#sensors/lepton/vospi-crc.ts";

const packetBytes = 164;

/** Words of one packet. */
export interface WirePacket {
  /** Place in its segment. */
  readonly number: number;
  /** TTT bits, as they stand in the ID whatever the packet's number. */
  readonly ttt: number;
  /** 80 words. */
  readonly words: Uint16Array;
}

/** A packet as the camera puts it on the wire. */
export function wirePacket({ number, ttt, words }: WirePacket): Uint8Array {
  const bytes = new Uint8Array(packetBytes);
  bytes[0] = number >> 8;
  bytes[1] = number & 0xff;
  for (let i = 0; i < words.length; i += 1) {
    bytes[4 + 2 * i] = words[i]! >> 8;
    bytes[5 + 2 * i] = words[i]! & 0xff;
  }
  const crc = crc16(bytes, { start: 0, end: packetBytes, crc: 0 });
  bytes[0] |= ttt << 4;
  bytes[2] = crc >> 8;
  bytes[3] = crc & 0xff;
  return bytes;
}

/** A discard packet; the rest of it means nothing. */
export function discardPacket(): Uint8Array {
  const bytes = new Uint8Array(packetBytes).fill(0x5a);
  bytes[0] = 0x0f;
  bytes[1] = 0xff;
  return bytes;
}

/** The packets of a segment; TTT stands in packet 20 only. */
export function wireSegment(segment: { readonly number: number; readonly words: Uint16Array }): Uint8Array[] {
  const packets = segment.words.length / 80;
  return Array.from({ length: packets }, (_, number) =>
    wirePacket({
      number,
      ttt: number === 20 ? segment.number : 0,
      words: segment.words.subarray(80 * number, 80 * (number + 1)),
    }),
  );
}

/** What of a picture goes onto the wire. */
export interface WirePicture {
  /** 19,200 values. */
  readonly pixels: Uint16Array;
  /** 240 words; null for none. */
  readonly telemetry: Uint16Array | null;
  readonly place: "footer" | "header" | "none";
}

/** A picture's four segments, each a list of packets. */
export function wireFrame({ pixels, telemetry, place }: WirePicture): Uint8Array[][] {
  const rows = place === "none" ? 0 : 320;
  const words = new Uint16Array(19_200 + rows);
  words.set(pixels, place === "header" ? rows : 0);
  if (telemetry !== null) words.set(telemetry, place === "header" ? 0 : 19_200);
  const segmentWords = words.length / 4;
  return [1, 2, 3, 4].map((number) =>
    wireSegment({ number, words: words.subarray((number - 1) * segmentWords, number * segmentWords) }),
  );
}

/** One of the eight segments between two pictures. */
export function invalidSegment(words = new Uint16Array(61 * 80).fill(0x1234)): Uint8Array[] {
  return wireSegment({ number: 0, words });
}

/** Telemetry of a camera in high gain with TLinear at 0.01 K, 240 words. */
export function wireTelemetry(set: Readonly<Record<number, number>> = {}): Uint16Array {
  const words = new Uint16Array(240);
  const fixed = { 0: 0x0e0d, 2: 2, 3: 0x30, 24: 30_315, 26: 30_000, 72: 7, 208: 1, 209: 1 };
  for (const [at, value] of Object.entries({ ...fixed, ...set })) words[Number(at)] = value;
  return words;
}
