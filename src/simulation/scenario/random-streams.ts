import { Random } from "#core/random.ts";

/** FNV-1a, 32 bit: spreads names over seeds. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Gives a random stream for a purpose. One seed and purpose give the same stream, whatever other streams were asked for,
 * so that an episode and its twin without fire share all that they can share.
 */
export function randomStreams(seed: number): (purpose: string) => Random {
  // A stream's seed has 53 bits: 21 from the seed mixed with the name, 32 from the name mixed with the seed.
  return (purpose) => {
    const low = hashOf(`${seed}/${purpose}`);
    const high = hashOf(`${purpose}/${seed}`) >>> 11;
    return new Random(high * 2 ** 32 + low);
  };
}
