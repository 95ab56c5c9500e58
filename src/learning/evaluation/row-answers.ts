import type { HeadName, Modality } from "#model-package/head.ts";
import type { Manifest } from "#model-package/manifest.ts";

/** Names of the scores of a second that a judgement holds; beside them those of members and of further packages. */
export const scoreNames = {
  flaming: "flaming",
  slowHeat: "slow heat",
  known: "flaming, site known",
  thermal: "thermal only",
  thermalSlowHeat: "thermal only, slow heat",
  air: "air only",
  rules: "rules alone",
} as const;

/** Name of the score of a member of the first package's fused flaming head. */
export function memberScore(member: string): string {
  return `member ${member}`;
}

/** Name of a score of a further package; the second one is number 1. */
export function besideScore(number: number, of: "flaming" | "slowHeat"): string {
  return `package ${number + 1} ${scoreNames[of]}`;
}

/** What a question asks for: one kind of heat, or either. */
export type AskedFor = "flaming" | "slow heat" | "fire";

/** A score and the head that gives it; null for the rules. */
interface Column {
  readonly score: string;
  readonly head: { readonly number: number; readonly name: HeadName; readonly modality: Modality } | null;
}

/** Somebody who answers questions about seconds, with the scores of which the largest is the answer. */
export interface Answerer {
  readonly name: string;
  /** A question that is not here is not asked of it. */
  readonly answers: Readonly<Partial<Record<AskedFor, readonly Column[]>>>;
}

/** Name of the answerer that the goals are about: the first package with both sensors. */
export const modelAnswerer = "model";

/**
 * Who is asked what. Like is compared with like: whoever has no say about slow heat is not asked about fire, and the air,
 * which tells of anything that burns, is asked about nothing else.
 */
export function answerers(manifests: readonly Pick<Manifest, "heads">[]): readonly Answerer[] {
  const column = (
    score: string,
    name: HeadName,
    of: { readonly number?: number; readonly modality?: Modality } = {},
  ): Column => ({ score, head: { number: of.number ?? 0, name, modality: of.modality ?? "fused" } });
  const pair = (name: string, flaming: Column, slow: Column): Answerer => ({
    name,
    answers: { flaming: [flaming], "slow heat": [slow], fire: [flaming, slow] },
  });
  const rules: Column = { score: scoreNames.rules, head: null };
  const thermal = { modality: "thermal-only" } as const;
  const members =
    manifests[0]?.heads.find((head) => head.name === "flaming" && head.modality === "fused")?.members ?? [];
  return [
    pair(modelAnswerer, column(scoreNames.flaming, "flaming"), column(scoreNames.slowHeat, "slow-heat")),
    {
      name: "model, site known",
      answers: { flaming: [column(scoreNames.known, "flaming")] },
    },
    pair(
      "model, thermal only",
      column(scoreNames.thermal, "flaming", thermal),
      column(scoreNames.thermalSlowHeat, "slow-heat", thermal),
    ),
    {
      name: "model, air only",
      answers: { fire: [column(scoreNames.air, "flaming", { modality: "air-only" })] },
    },
    { name: "rules alone", answers: { flaming: [rules], "slow heat": [rules], fire: [rules] } },
    ...members.map(({ name }) => ({
      name: memberScore(name),
      answers: { flaming: [column(memberScore(name), "flaming")] },
    })),
    ...manifests
      .slice(1)
      .map((_, k) =>
        pair(
          `package ${k + 2}`,
          column(besideScore(k + 1, "flaming"), "flaming", { number: k + 1 }),
          column(besideScore(k + 1, "slowHeat"), "slow-heat", { number: k + 1 }),
        ),
      ),
  ];
}

/** Who answers a question by which scores. */
export interface RowAnswer {
  readonly who: string;
  /** Empty where no package has a head for it: then there is no answer, and none is made up. */
  readonly scores: readonly string[];
  /** In words: which heads answer, or that there is none. */
  readonly by: string;
}

/** The answers to a question, of the heads that the packages have. */
export function answersTo(
  asked: AskedFor,
  manifests: readonly Pick<Manifest, "heads">[],
): readonly RowAnswer[] {
  return answerers(manifests).flatMap(({ name, answers }) => {
    const columns = answers[asked];
    if (columns === undefined) return [];
    const there = columns.filter((column) => hasHead(column, manifests));
    const missing = columns.filter((column) => !there.includes(column));
    const words = (list: readonly Column[]) => list.map(({ head }) => head?.name ?? "nearness").join(" or ");
    const lack = missing.length === 0 ? "" : `no ${words(missing)} head`;
    const by = there.length === 0 ? "no such head" : [words(there), lack].filter(Boolean).join("; ");
    return [{ who: name, scores: there.map(({ score }) => score), by }];
  });
}

/** Scores of a second that no package has a head for: they are absent, not 0. */
export function absentScores(manifests: readonly Pick<Manifest, "heads">[]): ReadonlySet<string> {
  const columns = answerers(manifests).flatMap(({ answers }) => Object.values(answers).flat());
  return new Set(columns.filter((column) => !hasHead(column, manifests)).map(({ score }) => score));
}

function hasHead({ head }: Column, manifests: readonly Pick<Manifest, "heads">[]): boolean {
  return (
    head === null ||
    (manifests[head.number]?.heads ?? []).some(
      ({ name, modality }) => name === head.name && modality === head.modality,
    )
  );
}
