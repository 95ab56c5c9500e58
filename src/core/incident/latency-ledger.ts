import { microsPerSecond } from "../time.ts";
import { nearestRank } from "./nearest-rank.ts";

/** The stages of an alarm in their order, from the picture to a person's answer. */
export const latencyStageNames = [
  "sensed",
  "decided",
  "published",
  "received",
  "notified",
  "acknowledged",
] as const;

/** See `latencyStageNames`. */
export type LatencyStageName = (typeof latencyStageNames)[number];

/** Whose clock says when a stage was reached. */
export const latencyClocks: Readonly<Record<LatencyStageName, "device" | "hub">> = {
  sensed: "device",
  decided: "device",
  published: "device",
  received: "hub",
  notified: "hub",
  acknowledged: "hub",
};

/** When an incident's alarm reached each stage, in microseconds; null where nobody has told, or it has not yet. */
export type LatencyStages = Readonly<Record<LatencyStageName, number | null>>;

/** How long incidents took from one stage to the next that both are known of. */
export interface LatencySpan {
  readonly from: LatencyStageName;
  readonly to: LatencyStageName;
  /** "two": device and hub each told one end, so that the difference of their clocks is part of the figure. */
  readonly clocks: "one" | "two";
  readonly incidents: number;
  /** Of these, how many ended before they began: a clock of theirs is wrong. They are counted, and not hidden. */
  readonly negative: number;
  readonly p50Seconds: number;
  readonly p95Seconds: number;
  readonly p99Seconds: number;
}

/** Stages of which nothing is known. */
export const noStages: LatencyStages = {
  sensed: null,
  decided: null,
  published: null,
  received: null,
  notified: null,
  acknowledged: null,
};

const spans: readonly (readonly [LatencyStageName, LatencyStageName])[] = [
  ["sensed", "decided"],
  ["decided", "published"],
  ["published", "received"],
  ["sensed", "received"],
  ["received", "notified"],
  ["notified", "acknowledged"],
  ["received", "acknowledged"],
  ["sensed", "acknowledged"],
];

/**
 * Quantiles of each span over incidents, by nearest rank (`nearestRank`), without interpolation. A span that no incident
 * has both ends of is left out: unknown is not 0.
 */
export function latencyLedger(incidents: readonly LatencyStages[]): readonly LatencySpan[] {
  return spans.flatMap(([from, to]) => {
    const seconds = incidents.flatMap((stages) => {
      const [begin, end] = [stages[from], stages[to]];
      return begin === null || end === null ? [] : [(end - begin) / microsPerSecond];
    });
    if (seconds.length === 0) return [];
    const sorted = seconds.toSorted((a, b) => a - b);
    return [
      {
        from,
        to,
        clocks: latencyClocks[from] === latencyClocks[to] ? "one" : "two",
        incidents: sorted.length,
        negative: sorted.filter((value) => value < 0).length,
        p50Seconds: nearestRank(sorted, 0.5),
        p95Seconds: nearestRank(sorted, 0.95),
        p99Seconds: nearestRank(sorted, 0.99),
      },
    ];
  });
}
