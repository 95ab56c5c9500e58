/** A bit of a chip's status register and what it means. */
export interface StatusBit {
  readonly bit: number;
  /** One sentence: what is wrong and what to do. */
  readonly text: string;
}

/** The sentences of the bits that are set in a 32-bit status of two words, high word first. */
export function statusSentences(words: readonly number[], bits: readonly StatusBit[]): readonly string[] {
  const [high = 0, low = 0] = words;
  return bits
    .filter(({ bit }) => ((bit < 16 ? low >> bit : high >> (bit - 16)) & 1) === 1)
    .map(({ text }) => text);
}
