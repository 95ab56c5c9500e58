/** Bytes of a Raw14 packet: identifier, checksum and 80 pixels of 16 bits (Lepton engineering data sheet, VoSPI). */
export const vospiPacketBytes = 164;

/** Words of picture or telemetry in one packet: half a row. */
export const vospiPayloadWords = 80;

/** The one packet of a segment whose identifier bears the segment's number. */
export const segmentNumberPacket = 20;

const headerBytes = 4;
const polynomial = 0x1021;
const crcTable = makeCrcTable();

/** What one packet carries. */
export interface VospiPacket {
  /** Bits 14 to 12 of the identifier: the segment's number in packet 20, anything in the others. */
  readonly number: number;
  /** Number of the packet in its segment, from 0. */
  readonly packet: number;
  /** Words to take the payload from. */
  readonly words: Uint16Array;
  /** Where the payload begins in them. */
  readonly wordOffset: number;
}

/**
 * CRC-16 with x¹⁶+x¹²+x⁵+1, from 0, not reflected ("XMODEM"), over `bytes` after an earlier checksum `crc`
 * (Lepton engineering data sheet; also of the control interface's data).
 */
export function crc16(bytes: Uint8Array, crc = 0): number {
  let sum = crc;
  for (let i = 0; i < bytes.length; i += 1) sum = crcOfByte(sum, bytes[i]!);
  return sum;
}

/**
 * Writes a packet of 164 bytes at `offset`. The checksum goes over the whole packet with the four topmost bits of the
 * identifier and the checksum's own field taken as 0.
 */
export function writeVospiPacket(into: Uint8Array, offset: number, packet: VospiPacket): void {
  const high = (packet.packet >>> 8) & 0x0f;
  const low = packet.packet & 0xff;
  into[offset] = ((packet.number & 0b111) << 4) | high;
  into[offset + 1] = low;
  let crc = crcOfByte(crcOfByte(crcOfByte(crcOfByte(0, high), low), 0), 0);
  const { words, wordOffset } = packet;
  let at = offset + headerBytes;
  for (let i = 0; i < vospiPayloadWords; i += 1) {
    const word = words[wordOffset + i]!;
    into[at] = word >>> 8;
    into[at + 1] = word & 0xff;
    crc = crcOfByte(crcOfByte(crc, word >>> 8), word & 0xff);
    at += 2;
  }
  into[offset + 2] = crc >>> 8;
  into[offset + 3] = crc & 0xff;
}

/**
 * Fills `packet` with a discard packet: four bits of the identifier are 1111, everything else means nothing. What
 * means nothing differs with `salt`, so that nobody comes to rely on it.
 */
export function fillDiscardPacket(packet: Uint8Array, salt: number): void {
  packet.fill(salt & 0xff);
  packet[0] = 0x0f | ((salt << 4) & 0xf0);
  packet[1] = (salt * 7) & 0xff;
}

function crcOfByte(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ crcTable[(crc >>> 8) ^ byte]!;
}

function makeCrcTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ polynomial : crc << 1;
    table[byte] = crc;
  }
  return table;
}
