import type { Random } from "#core/random.ts";

/** What people and heating do to a room, beside anything that burns. */
export interface LifeNow {
  /** Where somebody stands, in pixels from the left; none when nobody is there. */
  readonly people: readonly number[];
  readonly radiatorCelsius: number;
  readonly co2Ppm: number;
}

const hourMs = 3_600_000;
const outdoorCo2Ppm = 430;
/** One person in a small room without open windows, in the long run. */
const co2PpmPerPerson = 350;
/** How quickly CO2 follows who is there: an air change of 1.5 in an hour. */
const airChangeMs = hourMs / 1.5;
const wallCelsius = 21;
/** A radiator at its hottest, and how slowly it follows its valve. */
const radiatorCelsiusMax = 58;
const radiatorMs = 600_000;
const heatedHours = { morning: [6, 9], evening: [16, 22] } as const;

/** How often somebody comes in a day. */
const stays = 14;

interface Stay {
  readonly fromMs: number;
  readonly toMs: number;
  readonly pixelsPerSecond: number;
}

/** A day drawn by lot: people who come, walk about and go, a radiator that follows the hours, and the air they breathe. */
export class NormalLife {
  readonly #stays: readonly Stay[];
  #atMs = 0;
  #radiatorCelsius = wallCelsius;
  #co2Ppm: number = outdoorCo2Ppm;

  constructor(random: Random, dayMs: number) {
    this.#stays = Array.from({ length: stays }, () => {
      const fromMs = random.between(0, dayMs);
      const toMs = fromMs + random.between(60_000, 1.5 * hourMs);
      return { fromMs, toMs, pixelsPerSecond: random.between(0.02, 1.5) };
    });
  }

  /** The room now; to be asked in the order of time. */
  at(nowMs: number): LifeNow {
    const passedMs = nowMs - this.#atMs;
    this.#atMs = nowMs;
    const present = this.#stays.filter(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
    const hour = (nowMs / hourMs) % 24;
    const isHeated = Object.values(heatedHours).some(([from, to]) => from <= hour && hour < to);
    this.#radiatorCelsius = approach(this.#radiatorCelsius, isHeated ? radiatorCelsiusMax : wallCelsius, {
      passedMs,
      withinMs: radiatorMs,
    });
    this.#co2Ppm = approach(this.#co2Ppm, outdoorCo2Ppm + co2PpmPerPerson * present.length, {
      passedMs,
      withinMs: airChangeMs,
    });
    const people = present.map(({ fromMs, pixelsPerSecond }) => (pixelsPerSecond * (nowMs - fromMs)) / 1_000);
    return { people, radiatorCelsius: this.#radiatorCelsius, co2Ppm: this.#co2Ppm };
  }
}

function approach(
  value: number,
  aim: number,
  { passedMs, withinMs }: { readonly passedMs: number; readonly withinMs: number },
): number {
  return aim + (value - aim) * Math.exp(-passedMs / withinMs);
}
