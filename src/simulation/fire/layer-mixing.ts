/** Layers of one temperature mix within ten minutes (Baughman, Gadgil and Nazaroff 1994: 7 to 15); a warm one on top stays (assumed). */
const mixingSeconds = 600;
const stableKelvin = 1;
/** An upper layer that has become the colder one turns over in a minute (assumed). */
const overturnSeconds = 60;

/** Share of the smaller layer that two layers exchange each second, by how much warmer the upper one is. */
export function mixingPerSecond(warmerKelvin: number): number {
  if (warmerKelvin < 0) return 1 / overturnSeconds;
  return 1 / (mixingSeconds * (1 + (warmerKelvin / stableKelvin) ** 2));
}
