/** Bytes of a Raw14 VoSPI packet: ID, CRC and half a row of pixels (Lepton engineering data sheet Rev 200). */
export const packetBytes = 164;

/** x¹⁶ + x¹² + x⁵ + 1, most significant bit first (Lepton engineering data sheet Rev 200, VoSPI packet header). */
const polynomial = 0x1021;

const table = buildTable();

function buildTable(): Uint16Array {
  const entries = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ polynomial;
    entries[byte] = crc;
  }
  return entries;
}

/** Where the bytes of a checksum lie; `crc` is the checksum so far, 0 at the beginning. */
export interface CrcSpan {
  readonly start: number;
  readonly end: number;
  readonly crc: number;
}

/** CRC-16 "XMODEM" (initial value 0, not reflected, no final XOR) over the bytes from `start` to just before `end`. */
export function crc16(bytes: Uint8Array, { start, end, crc }: CrcSpan): number {
  let value = crc;
  for (let i = start; i < end; i += 1) value = ((value << 8) & 0xffff) ^ table[(value >>> 8) ^ bytes[i]!]!;
  return value;
}

/**
 * The CRC a VoSPI packet should carry: over the whole packet with the four most significant bits of its ID and the CRC
 * field itself taken as zero; the packet begins at `start`. Written out instead of calling `crc16`, because it runs for every byte on the wire.
 */
export function vospiCrc(bytes: Uint8Array, start: number): number {
  // The first byte meets a register of zero, so its step is the table's entry alone.
  let value = table[bytes[start]! & 0x0f]!;
  value = ((value << 8) & 0xffff) ^ table[(value >>> 8) ^ bytes[start + 1]!]!;
  value = ((value << 8) & 0xffff) ^ table[value >>> 8]!;
  value = ((value << 8) & 0xffff) ^ table[value >>> 8]!;
  for (let i = start + 4; i < start + packetBytes; i += 1) {
    value = ((value << 8) & 0xffff) ^ table[(value >>> 8) ^ bytes[i]!]!;
  }
  return value;
}
