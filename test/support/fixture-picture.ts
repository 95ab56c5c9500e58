import type { Random } from "#core/random.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";

/** What a synthetic picture shows. */
export interface FixtureScene {
  readonly seconds: number;
  /** Temperature of a fire in the corner; null without one. */
  readonly fireCelsius: number | null;
  readonly person: "present" | "absent";
  readonly random: Random;
}

const width = 160;
const height = 120;

/** Draws a room at about 22 °C with a window, a radiator, perhaps a person and perhaps a fire: °C, row by row. */
export function fixtureCelsius(scene: FixtureScene): Float32Array {
  const celsius = new Float32Array(width * height);
  const personX = 62 + 26 * Math.sin(scene.seconds / 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let value = 23.5 - y / 60 + 0.6 * Math.sin(x / 25) + 0.12 * (scene.random.uniform() - 0.5);
      if (x > 20 && x < 62 && y > 14 && y < 52) value = x % 21 < 2 || y % 19 < 2 ? 19 : 16.5;
      if (x > 24 && x < 58 && y > 66 && y < 84) value = x % 6 < 4 ? 41 : 33;
      if (scene.person === "present") {
        value = Math.max(value, 20 + 14 * blob({ x, y, atX: personX, atY: 46, radiusX: 7, radiusY: 9 }));
        value = Math.max(value, 20 + 11.5 * blob({ x, y, atX: personX, atY: 84, radiusX: 13, radiusY: 30 }));
      }
      if (scene.fireCelsius !== null) {
        const sway = 2 * Math.sin(scene.seconds * 9 + y / 3);
        const flame = blob({ x, y, atX: 128 + sway, atY: 88, radiusX: 9, radiusY: 17 });
        value = Math.max(value, 22 + (scene.fireCelsius - 22) * flame);
      }
      celsius[y * width + x] = value;
    }
  }
  return celsius;
}

/** The picture as a radiometric camera sends it. */
export function fixtureFrame(
  celsius: Float32Array,
  about: Pick<LiveFrame, "capturedAtMicros" | "frameCounter"> & Partial<LiveFrame>,
): LiveFrame {
  const pixels = Uint16Array.from(celsius, (value) => Math.min(65_535, Math.round(value * 100 + 27_315)));
  return { width, height, unit: "centikelvin", ffcState: "complete", pixels, ...about };
}

/** One inside a soft ellipse, falling to zero at its border. */
function blob(at: {
  readonly x: number;
  readonly y: number;
  readonly atX: number;
  readonly atY: number;
  readonly radiusX: number;
  readonly radiusY: number;
}): number {
  const distance = ((at.x - at.atX) / at.radiusX) ** 2 + ((at.y - at.atY) / at.radiusY) ** 2;
  return Math.max(0, Math.min(1, 1.6 * (1 - distance)));
}
