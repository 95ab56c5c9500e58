import { labelNames } from "./dataset-columns.ts";

/**
 * What people write as labels, in lower case, and the label it is taken for. A plain "fire" or 1 is taken as flaming:
 * whoever means smouldering writes slow-heat.
 */
const meanings: Readonly<Record<string, (typeof labelNames)[number]>> = {
  "0": "none",
  none: "none",
  normal: "none",
  "no-fire": "none",
  false: "none",
  "1": "flaming",
  flaming: "flaming",
  fire: "flaming",
  true: "flaming",
  "2": "slow-heat",
  "slow-heat": "slow-heat",
  smouldering: "slow-heat",
  "3": "hidden",
  hidden: "hidden",
};

/** The words that are understood, for messages. */
export const labelWordsText = "none, flaming, slow-heat, hidden (or normal, fire, smouldering, 0, 1, 2, 3)";

/** Code of `labelNames` for what somebody wrote; null where it means nothing. */
export function labelCodeOf(text: string): number | null {
  // Tables of other programs write whole numbers as 1.0.
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^([0-3])\.0+$/, "$1")
    .replaceAll(/[ _]/g, "-");
  const name = Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  return name === undefined ? null : labelNames.indexOf(name);
}
