/**
 * Adds the change that one CPTV frame stores to the picture before it, in place. The data is a first value (int32,
 * little-endian), then signed values of `bits` bits, most significant bit first; their running sum along the rows, odd
 * rows from right to left, is the change of each pixel.
 */
export function addCptvChange(
  pixels: Int32Array,
  frame: { readonly width: number; readonly bits: number; readonly data: Uint8Array },
): void {
  const { width, bits, data } = frame;
  let change = new DataView(data.buffer, data.byteOffset, data.byteLength).getInt32(0, true);
  pixels[0] = pixels[0]! + change;
  const sign = 2 ** (bits - 1);
  const range = 2 ** bits;
  let held = 0;
  let heldBits = 0;
  let at = 4;
  for (let i = 1; i < pixels.length; i += 1) {
    while (heldBits < bits) {
      held = (held * 256 + data[at]!) % 2 ** 32;
      at += 1;
      heldBits += 8;
    }
    heldBits -= bits;
    const value = Math.floor(held / 2 ** heldBits) % range;
    held %= 2 ** heldBits;
    change += value >= sign ? value - range : value;
    const y = Math.floor(i / width);
    const x = i - y * width;
    const index = y % 2 === 0 ? i : y * width + width - 1 - x;
    pixels[index] = pixels[index]! + change;
  }
}
