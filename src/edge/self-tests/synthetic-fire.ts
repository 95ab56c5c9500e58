import type { ThermalFrame } from "#core/frames/thermal-frame.ts";

/** A real picture is left as it is for so long: the second pipeline follows the room before something burns in it. */
export const quietSeconds = 5;
/** The flame begins with this radius, as a share of the picture's height, and grows by so much a second. */
const firstRadius = 0.03;
const growthASecond = 0.006;
const largestRadius = 0.15;
/** Hottest in the middle, and at the edge still far above 140 °C, so that severe heat, growth and flicker all show. */
const middleCentikelvin = 62_000;
const edgeCentikelvin = 47_000;
/** Flames pulse: share of the radius, at a frequency that the frame rate of a Lepton can show. */
const pulse = 0.12;
const pulsesASecond = 1.7;

/**
 * A real picture with a fire drawn into its middle: nothing at first, then a flame that grows in place and pulses. What
 * is hotter in the real picture stays. The same picture at the same second gives the same pixels; the given frame is not
 * changed.
 */
export function drawSyntheticFire(frame: ThermalFrame, second: number): ThermalFrame {
  const pixels = frame.pixels.slice();
  const burning = second - quietSeconds;
  if (burning < 0) return { ...frame, pixels };
  const { width, height } = frame;
  const grown = Math.min(largestRadius, firstRadius + growthASecond * burning) * height;
  const radius = grown * (1 + pulse * Math.sin(2 * Math.PI * pulsesASecond * burning));
  const [middleX, middleY] = [width / 2, height / 2];
  const reach = Math.ceil(radius);
  for (let y = Math.floor(middleY) - reach; y <= middleY + reach; y += 1) {
    for (let x = Math.floor(middleX) - reach; x <= middleX + reach; x += 1) {
      const share = Math.hypot(x - middleX, y - middleY) / radius;
      if (share > 1 || x < 0 || y < 0 || x >= width || y >= height) continue;
      const flame = Math.round(middleCentikelvin + (edgeCentikelvin - middleCentikelvin) * share);
      const at = y * width + x;
      pixels[at] = Math.max(pixels[at]!, flame);
    }
  }
  return { ...frame, pixels };
}
