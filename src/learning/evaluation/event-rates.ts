/** How often something that is no fire happens in front of one camera. */
export interface EventRate {
  /** Family of scenarios. */
  readonly family: string;
  readonly eventsPerCameraYear: number;
  /** What the number rests on. */
  readonly basis: string;
}

/**
 * Nuisance events in front of one camera of a mixed building: a hall or workshop with a canteen, 250 working days.
 * **Every rate is assumed**: no survey counts what a thermal camera sees. They are set high rather than low, so that a
 * promise of few false alarms is kept in a calmer place too; somebody who knows a site puts other numbers here. Events
 * are counted, not seconds: one event is one episode of the family's scenarios.
 */
export const eventRates: readonly EventRate[] = [
  rate("people", 5_000, "assumed: twenty appearances on each working day"),
  rate("crowd", 250, "assumed: one gathering on each working day"),
  rate("sun", 300, "assumed: a patch of sun on most days with sun, several windows"),
  rate("radiator", 200, "assumed: one warm-up on each heating day"),
  rate("hvac", 1_000, "assumed: four changes of supply air on each working day"),
  rate("door", 1_000, "assumed: four openings of an outer door on each working day"),
  rate("hot-cup", 500, "assumed: two hot drinks put down in view on each working day"),
  rate("kettle", 500, "assumed: twice on each working day where there is a kettle"),
  rate("machine", 500, "assumed: two machines that warm up on each working day"),
  rate("forklift", 500, "assumed: two drives through the view on each working day"),
  rate(
    "vehicle",
    250,
    "assumed: one arrival on each working day; a burn-off of a soot filter is rare among them",
  ),
  rate("fan-heater", 100, "assumed: a portable heater on cold working days"),
  rate("electric-stove", 250, "assumed: one use on each working day, where there is a stove"),
  rate("gas-stove", 250, "assumed: one use on each working day, where there is a stove"),
  rate("oven", 250, "assumed: one opening with a hot oven on each working day"),
  rate("hair-dryer", 50, "assumed: about once a week"),
  rate("halogen", 100, "assumed: a work lamp on some working days"),
  rate("welding", 50, "assumed: about once a week, in workshops"),
  rate("grinding", 100, "assumed: twice a week, in workshops"),
  rate("torch", 25, "assumed: every other week, in workshops"),
  rate("oxy-cutting", 12, "assumed: once a month, in workshops"),
  rate("candle", 25, "assumed: every other week"),
  rate(
    "fireplace",
    60,
    "assumed: an evening a week in the cold half of the year, and the grills of a summer",
  ),
  rate("cigarette", 250, "assumed: one in view on each working day, where it is allowed"),
  rate("steam", 250, "assumed: one release on each working day (dish washer, kettle, valve)"),
  rate("dry-ice", 6, "assumed: every other month"),
  rate("co2-leak", 1, "assumed: once a year"),
  rate("camera-bumped", 6, "assumed: every other month"),
  rate("camera-covered", 6, "assumed: every other month"),
  rate(
    "ffc",
    250,
    "flat-field corrections are in every other episode too; those of this family are one a working day",
  ),
];

function rate(family: string, eventsPerCameraYear: number, basis: string): EventRate {
  return { family, eventsPerCameraYear, basis };
}

/** A family's events, and how many of them went wrong. */
export interface CountedEvents {
  readonly family: string;
  readonly events: number;
  readonly wrong: number;
}

/** How often something goes wrong in a camera-year of the table. */
export interface WeightedRate {
  readonly perCameraYear: number;
  /** 95 % upper bound. */
  readonly upper: number;
  /** Events a year of the families that were judged, and of those that were not. */
  readonly judgedEventsPerYear: number;
  readonly unjudgedFamilies: readonly string[];
  /** Judged families: how many camera-years their judged events are worth. */
  readonly families: readonly (CountedEvents & {
    readonly eventsPerCameraYear: number;
    readonly cameraYears: number;
  })[];
  /** Episodes of these families that would bound the rate by 1 a year, if none went wrong. */
  readonly eventsForOneAYear: number;
}

/**
 * With none wrong, the bound is that of one Poisson count of the largest weight: −ln .05 = 3.0 camera-years' worth of
 * every family bound the rate by 1.
 */
const cameraYearsForOneAYear = -Math.log(0.05);

/**
 * Weighs counted events by the table. The upper bound is that of a weighted sum of Poisson counts (Fay and Feuer 1997,
 * one-sided 95 %, the chi-square quantile by Wilson and Hilferty): the largest weight counts once more, so that a family
 * of many events a year and few judged episodes keeps the bound as high as it must be.
 */
export function weightedRate(counted: readonly CountedEvents[]): WeightedRate {
  let [sum, variance, largest, judged] = [0, 0, 0, 0];
  const unjudged: string[] = [];
  const families: WeightedRate["families"][number][] = [];
  for (const { family, eventsPerCameraYear } of eventRates) {
    const own = counted.find((one) => one.family === family);
    if (own === undefined || own.events === 0) {
      unjudged.push(family);
      continue;
    }
    const weight = eventsPerCameraYear / own.events;
    sum += weight * own.wrong;
    variance += weight ** 2 * own.wrong;
    largest = Math.max(largest, weight);
    judged += eventsPerCameraYear;
    families.push({ ...own, eventsPerCameraYear, cameraYears: 1 / weight });
  }
  const mean = sum + largest;
  const spread = variance + largest ** 2;
  const upper = largest === 0 ? Number.NaN : (spread / (2 * mean)) * chiSquare95((2 * mean ** 2) / spread);
  const eventsForOneAYear = families.reduce(
    (total, family) => total + Math.ceil(cameraYearsForOneAYear * family.eventsPerCameraYear),
    0,
  );
  return {
    perCameraYear: sum,
    upper,
    judgedEventsPerYear: judged,
    unjudgedFamilies: unjudged,
    families,
    eventsForOneAYear,
  };
}

/** The 95 % quantile of the chi-square distribution (Wilson and Hilferty 1931); exact for two degrees of freedom. */
function chiSquare95(degrees: number): number {
  if (Math.abs(degrees - 2) < 1e-9) return -2 * Math.log(0.05);
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 1.6448536269514722 * Math.sqrt(spread)) ** 3;
}
