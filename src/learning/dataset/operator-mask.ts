import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";

/** A rectangle of picture points, both ends included. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Rectangles are drawn at most this often; where none was clear of the fire there is no mask. */
const triesMax = 30;

/**
 * Draws an operator's mask (one byte a pixel, 1 = masked): one to three rectangles of 2 to 12 % of the picture each,
 * clear of a place that must stay in view, so that a label speaks of what the features can see. An episode and its twin
 * have the same place. Null when no rectangle fits. Our own choice of sizes.
 */
export function drawOperatorMask(seed: number, clear: PixelBox | null): Uint8Array | null {
  const random = new Random(seed);
  const wanted = 1 + random.integer(3);
  const mask = new Uint8Array(leptonWidth * leptonHeight);
  let drawn = 0;
  for (let tries = 0; tries < triesMax && drawn < wanted; tries += 1) {
    const box = drawBox(random);
    if (clear !== null && boxesMeet(box, clear)) continue;
    for (let y = box.top; y <= box.bottom; y += 1)
      mask.fill(1, y * leptonWidth + box.left, y * leptonWidth + box.right + 1);
    drawn += 1;
  }
  return drawn === 0 ? null : mask;
}

function drawBox(random: Random): PixelBox {
  const share = random.between(0.02, 0.12);
  const aspect = 2 ** random.between(-1, 1);
  const width = Math.min(leptonWidth, Math.round(Math.sqrt(share * leptonWidth * leptonHeight * aspect)));
  const height = Math.min(leptonHeight, Math.round(width / aspect));
  const left = random.integer(leptonWidth - width + 1);
  const top = random.integer(leptonHeight - height + 1);
  return { left, top, right: left + width - 1, bottom: top + height - 1 };
}

/** True when two rectangles share a point. */
export function boxesMeet(one: PixelBox, other: PixelBox): boolean {
  return (
    one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom
  );
}
