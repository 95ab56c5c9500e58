import type { Explanation, FeatureContribution } from "./explanation.ts";
import { sayFeature } from "./feature-words.ts";

/** Contributions named in a sentence: so many for, and so many against. */
const namedFor = 3;
const namedAgainst = 1;
/** Smaller contributions, in log-odds, would be rounded to nothing. */
const leastNamed = 0.05;

/** An explanation in one or two sentences for people, with what speaks most for it and what most against it. */
export function explanationSentence(explanation: Explanation): string {
  const { contributions, probability } = explanation;
  const named = contributions.filter(({ contribution }) => Math.abs(contribution) >= leastNamed);
  const inFavour = named.filter(({ contribution }) => contribution > 0).slice(0, namedFor);
  const against = named.filter(({ contribution }) => contribution < 0).slice(0, namedAgainst);
  const claim = `The model says ${Math.round(100 * probability)} % for ${questionOf(explanation)}`;
  const because =
    inFavour.length === 0
      ? "and no feature speaks for it more than usual"
      : `mostly because ${listed(inFavour.map(clause))}`;
  const but = against.length === 0 ? "" : ` Against it speaks most that ${listed(against.map(clause))}.`;
  return `${claim}, ${because}.${but}`;
}

function questionOf({ head, modality }: Explanation): string {
  if (modality === "air-only") return "a hidden fire";
  return head === "flaming" ? "flames" : "smouldering or overheating";
}

function clause({ feature, value, contribution }: FeatureContribution): string {
  const sign = contribution < 0 ? "−" : "+";
  return `${sayFeature(feature, value)} (${feature}, ${sign}${Math.abs(contribution).toFixed(1)})`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
