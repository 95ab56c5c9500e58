import type { Random } from "#core/random.ts";

/** Unique frames a second of an exportable Lepton 3.5 (data sheet). */
export const leptonFramesPerSecond = 8.7;

const ordinaryJitterMs = 2.5;
const lateShare = 0.01;
const latestMs = 70;

/**
 * When frame number `index` reaches the host, in milliseconds after the first: an exact grid, so that nothing adds up,
 * and on each frame the lateness that USB and the operating system cause.
 */
export function frameArrivalMs(index: number, random: Random): number {
  const onTime = (index * 1000) / leptonFramesPerSecond;
  const ordinary = Math.min(12, Math.abs(ordinaryJitterMs * random.normal()));
  const late = random.uniform() < lateShare ? random.between(15, latestMs) : 0;
  return onTime + ordinary + late;
}
