/**
 * How a dense network keeps a promise to rise or fall with some of its inputs. Every unit has a sign: 1 when it may
 * only rise with the promised inputs, −1 when it may only fall, 0 when it does not depend on them. Weights between
 * units are then held to what the signs allow. With rising and falling ReLUs together, the output may bend both ways
 * (Runje and Shankaranarayana 2023 do the same with mirrored activations); inputs without a promise stay free.
 */
export type UnitSigns = Int8Array;

/** Signs of a hidden layer: half of the units never see the promised inputs, the others rise and fall in turn. */
export function hiddenSigns(units: number, inputs: UnitSigns): UnitSigns {
  const signs = new Int8Array(units);
  if (inputs.every((sign) => sign === 0)) return signs;
  for (let unit = Math.ceil(units / 2); unit < units; unit += 1) signs[unit] = unit % 2 === 0 ? 1 : -1;
  return signs;
}

/** Brings a weight back to what the signs of its two units allow. */
export function allowedWeight(weight: number, from: number, to: number): number {
  if (from === 0) return weight;
  const direction = from * to;
  if (direction > 0) return Math.max(0, weight);
  return direction < 0 ? Math.min(0, weight) : 0;
}
