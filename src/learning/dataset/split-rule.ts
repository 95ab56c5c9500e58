import { assert, badInput } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { type SplitName, splitNames } from "./dataset-columns.ts";

/** Shares of the three splits; they add up to 1. */
export type SplitShares = Readonly<Record<SplitName, number>>;

/**
 * How far rooms are kept apart. `templates`: no kind of room occurs in two splits. `test-templates`: no kind of room of
 * the test split occurs in another. `individual-rooms`: kinds are shared, every episode draws a room of its own.
 */
export type RoomRule = "templates" | "test-templates" | "individual-rooms";

/** A scenario in one split: the rooms it may take there. */
export interface SplitScenario {
  readonly scenario: Scenario;
  readonly rooms: readonly string[];
}

/** Who goes where. */
export interface SplitDivision {
  readonly roomRule: RoomRule;
  /** Names of the room templates of each split. */
  readonly rooms: Readonly<Record<SplitName, readonly string[]>>;
  readonly scenarios: Readonly<Record<SplitName, readonly SplitScenario[]>>;
}

/** Divisions that are tried for each room rule; the best is taken. */
const divisionsTried = 400;
/** A stratum with fewer families than this cannot be in every split. */
const familiesToDivide = 3;

/** Takes shares like "60/20/20" apart. Throws `badInput` when they are no three positive numbers that add up to 100. */
export function parseSplitShares(text: string): SplitShares {
  const parts = text.split("/").map(Number);
  const sum = parts.reduce((total, part) => total + part, 0);
  if (parts.length !== 3 || !parts.every((part) => part > 0) || Math.abs(sum - 100) > 1e-9)
    throw badInput(
      "usage",
      `--split needs three percentages for train, validation and test that add up to 100, like 60/20/20, not "${text}".`,
    );
  return { train: parts[0]! / 100, validation: parts[1]! / 100, test: parts[2]! / 100 };
}

/**
 * Divides a scenario library. A family lies in one split only; families of the same stratum (how a fire shows, hot
 * process or other nuisance) are spread over the splits by their shares, at least one to each where there are three. The
 * family `quiet` is in every split, in the rooms of that split: it is the state in which a detector spends its life. A
 * scenario takes only rooms of its split. Of the three room rules the strictest is taken under which every stratum of
 * three families or more is in every split and no family is without a room. Another fold draws another division; the
 * seed of the data set plays no part, so that two data sets of one fold never mix their test split into training.
 */
export function divideLibrary(
  library: readonly Scenario[],
  options: { readonly shares: SplitShares; readonly fold: number },
): SplitDivision {
  assert(library.length > 0, "the library has scenarios");
  const draft = { scenarios: library, shares: options.shares };
  const random = randomStreams(options.fold)("dataset-split");
  for (const roomRule of ["templates", "test-templates"] as const) {
    const best = bestDivision(draft, { roomRule, random });
    if (best !== null) return best;
  }
  const best = bestDivision(draft, { roomRule: "individual-rooms", random });
  assert(best !== null, "a division with shared rooms always exists");
  return best;
}

interface Draft {
  readonly scenarios: readonly Scenario[];
  readonly shares: SplitShares;
}

function bestDivision(
  draft: Draft,
  options: { readonly roomRule: RoomRule; readonly random: Random },
): SplitDivision | null {
  const templates = [...new Set(draft.scenarios.flatMap(({ rooms }) => rooms.map(({ name }) => name)))];
  if (options.roomRule !== "individual-rooms" && templates.length < 3) return null;
  const tries = options.roomRule === "individual-rooms" ? 1 : divisionsTried;
  let best: SplitDivision | null = null;
  let mostPlaces = Number.NEGATIVE_INFINITY;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const rooms = drawRooms(templates, { ...options, shares: draft.shares });
    const scenarios = drawFamilies(draft, { rooms, random: options.random });
    if (scenarios === null && options.roomRule !== "individual-rooms") continue;
    assert(scenarios !== null, "with all rooms in every split each family has a place");
    const places = countPlaces(scenarios);
    if (places <= mostPlaces) continue;
    mostPlaces = places;
    best = { roomRule: options.roomRule, rooms, scenarios };
  }
  return best;
}

/**
 * How many pairs of scenario and room a division keeps, as the sum of the logarithms of the splits: the more, the more
 * variety, and none at the cost of a split that has few.
 */
function countPlaces(scenarios: SplitDivision["scenarios"]): number {
  return splitNames.reduce((sum, split) => {
    const places = scenarios[split].reduce((inner, { rooms }) => inner + rooms.length, 0);
    return sum + Math.log(places);
  }, 0);
}

function drawRooms(
  templates: readonly string[],
  options: { readonly roomRule: RoomRule; readonly random: Random; readonly shares: SplitShares },
): SplitDivision["rooms"] {
  if (options.roomRule === "individual-rooms")
    return { train: templates, validation: templates, test: templates };
  const order = shuffled(templates, options.random);
  const test = Math.max(1, Math.round(order.length * options.shares.test));
  const validation = Math.max(1, Math.round(order.length * options.shares.validation));
  if (options.roomRule === "test-templates") {
    const shared = order.slice(test);
    return { test: order.slice(0, test), validation: shared, train: shared };
  }
  return {
    test: order.slice(0, test),
    validation: order.slice(test, test + validation),
    train: order.slice(test + validation),
  };
}

/** Families by stratum to splits; null when a stratum misses a split that it could fill, or a family has no room. */
function drawFamilies(
  draft: Draft,
  options: { readonly rooms: SplitDivision["rooms"]; readonly random: Random },
): SplitDivision["scenarios"] | null {
  const scenarios: Record<SplitName, SplitScenario[]> = { train: [], validation: [], test: [] };
  for (const split of splitNames)
    scenarios[split].push(...placed(draft.scenarios.filter(isEverywhere), options.rooms[split]));
  if (draft.scenarios.some(isEverywhere) && splitNames.some((split) => scenarios[split].length === 0))
    return null;
  for (const families of strata(draft.scenarios).values()) {
    const order = shuffled(families, options.random);
    const quotas = quotasOf(order.length, draft.shares);
    const taken = new Set<string>();
    for (const split of ["test", "validation", "train"] as const) {
      let count = 0;
      for (const family of order) {
        if (taken.has(family) || (count === quotas[split] && split !== "train")) continue;
        const own = placed(
          draft.scenarios.filter((scenario) => scenario.family === family),
          options.rooms[split],
        );
        if (own.length === 0) continue;
        scenarios[split].push(...own);
        taken.add(family);
        count += 1;
      }
      if (count < Math.min(1, quotas[split])) return null;
    }
    if (taken.size < order.length) return null;
  }
  return scenarios;
}

function isEverywhere(scenario: Scenario): boolean {
  return scenario.kind === "quiet";
}

function placed(scenarios: readonly Scenario[], rooms: readonly string[]): SplitScenario[] {
  return scenarios.flatMap((scenario) => {
    const own = scenario.rooms.map(({ name }) => name).filter((name) => rooms.includes(name));
    return own.length === 0 ? [] : [{ scenario, rooms: own }];
  });
}

/** Names of families by what they are; a family belongs to the stratum of its first scenario. */
function strata(library: readonly Scenario[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const scenario of library) {
    if (isEverywhere(scenario) || seen.has(scenario.family)) continue;
    seen.add(scenario.family);
    const { kind, shows, isHotProcess } = scenario;
    const stratum = kind === "fire" ? `fire ${shows}` : `nuisance ${isHotProcess ? "hot process" : "other"}`;
    found.set(stratum, [...(found.get(stratum) ?? []), scenario.family]);
  }
  return found;
}

/** How many of so many families go to each split. Two: one to train, one to test. One: to train. */
function quotasOf(families: number, shares: SplitShares): Readonly<Record<SplitName, number>> {
  if (families < familiesToDivide) return { train: 1, validation: 0, test: families - 1 };
  const test = Math.max(1, Math.round(families * shares.test));
  const validation = Math.max(1, Math.round(families * shares.validation));
  return { train: Math.max(1, families - test - validation), validation, test };
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
