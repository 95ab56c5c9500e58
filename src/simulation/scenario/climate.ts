import type { Random } from "#core/random.ts";

/** The air in and outside a room when an episode begins, and the hour of the day. */
export interface Climate {
  readonly insideCelsius: number;
  readonly outsideCelsius: number;
  readonly humidityPercent: number;
  readonly co2Ppm: number;
  readonly outdoorCo2Ppm: number;
  /** Local time of day when the episode begins, 0 to 24. */
  readonly hourOfDay: number;
}

const outdoorCo2Ppm = 425;
/** Nine of ten rooms are heated or cooled; the others follow the weather (unheated halls, garages, roofs). */
const conditionedShare = 0.9;
/** Start CO2 is drawn evenly on a logarithmic scale between fresh air and a crowded, closed room. */
const lowestStartCo2Ppm = 400;
const highestStartCo2Ppm = 3000;

/** Draws a climate: −10 to 45 °C inside, 400 to 3,000 ppm of CO2. */
export function drawClimate(random: Random): Climate {
  const outsideCelsius = random.between(-15, 40);
  const conditioned = random.uniform() < conditionedShare;
  const weather = Math.min(45, Math.max(-10, outsideCelsius + random.between(0, 8)));
  return {
    insideCelsius: conditioned ? random.between(17, 28) : weather,
    outsideCelsius,
    humidityPercent: random.between(20, 70),
    co2Ppm: lowestStartCo2Ppm * (highestStartCo2Ppm / lowestStartCo2Ppm) ** (random.uniform() ** 2),
    outdoorCo2Ppm,
    hourOfDay: random.between(0, 24),
  };
}
