const polynomial = 0x31;
const startValue = 0xff;

const table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? (crc << 1) ^ polynomial : crc << 1;
  return crc & 0xff;
});

/**
 * Checksum that follows every word on a Sensirion I2C bus: CRC-8 with polynomial x⁸+x⁵+x⁴+1 (0x31), start value 0xFF,
 * not reflected, no final XOR, over the word's two bytes, high byte first (SCD4x data sheet, "Checksum calculation").
 */
export function crc8(word: number): number {
  const high = table[startValue ^ ((word >> 8) & 0xff)]!;
  return table[high ^ (word & 0xff)]!;
}
