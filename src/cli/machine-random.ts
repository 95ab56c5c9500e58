import { randomInt } from "node:crypto";
import { Random } from "#core/random.ts";

/** Seeds below this are drawn by the machine: the most that `randomInt` gives. */
const seedsMax = 2 ** 48 - 1;

/** A generator with a seed that nobody knows, for what need not be repeated. */
export function machineRandom(): Random {
  return new Random(randomInt(seedsMax));
}
