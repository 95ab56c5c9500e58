import { zoneConditionNames } from "#core/zone/zone-conditions.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import { type MetricFamily, type MetricSample, sample } from "./metric-family.ts";

const zoneLevels = ["normal", "prealarm", "holding", "fire"] as const;

/** What the hub is like itself. */
export interface HubFigures {
  readonly version: string;
  /** What is wrong with each part of it in a sentence; null while it works. */
  readonly parts: Readonly<Record<string, string | null>>;
  /** Messages of devices that were none of ours, since the start. */
  readonly refusedMessages: number;
  readonly process: ProcessFigures;
}

/** What the hub's process has used. */
export interface ProcessFigures {
  readonly startedAtSeconds: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
}

/** The hub's own figures; those of its process have the names that Prometheus' own libraries give them. */
export function hubFamilies({
  version,
  parts,
  refusedMessages,
  process,
}: HubFigures): readonly MetricFamily[] {
  const one = (
    name: string,
    what: { readonly help: string; readonly type?: MetricFamily["type"]; readonly value: number },
  ): MetricFamily => ({
    name,
    help: what.help,
    type: what.type ?? "gauge",
    samples: sample({}, what.value),
  });
  return [
    {
      name: "emberwatch_hub_info",
      help: "Always 1: version of the hub.",
      type: "gauge",
      samples: sample({ version }, 1),
    },
    {
      name: "emberwatch_hub_part_up",
      help: "1 while a part of the hub works, 0 while it does not; /api/health says why.",
      type: "gauge",
      samples: Object.entries(parts).flatMap(([part, problem]) => sample({ part }, problem === null ? 1 : 0)),
    },
    one("emberwatch_refused_messages_total", {
      help: "Messages of devices that could not be understood.",
      type: "counter",
      value: refusedMessages,
    }),
    one("process_start_time_seconds", {
      help: "Start of the process, seconds since the Unix epoch.",
      value: process.startedAtSeconds,
    }),
    one("process_cpu_seconds_total", {
      help: "Processor time of the process.",
      type: "counter",
      value: process.cpuSeconds,
    }),
    one("process_resident_memory_bytes", {
      help: "Memory of the process that is in RAM.",
      value: process.residentBytes,
    }),
    one("nodejs_heap_size_used_bytes", {
      help: "Memory that JavaScript uses.",
      value: process.heapUsedBytes,
    }),
  ];
}

/** Levels and conditions of the zones. */
export function zoneFamilies(zones: readonly ZoneView[]): readonly MetricFamily[] {
  const perZone = (samplesOf: (zone: ZoneView) => readonly MetricSample[]): readonly MetricSample[] =>
    zones.flatMap(samplesOf);
  return [
    {
      name: "emberwatch_zone_level",
      help: "Level of a zone: 1 at the level it has, 0 at the others.",
      type: "gauge",
      samples: perZone(({ id, state }) =>
        zoneLevels.flatMap((level) => sample({ zone: id, level }, state.level === level ? 1 : 0)),
      ),
    },
    {
      name: "emberwatch_zone_condition",
      help: "1 for each condition that stands in a zone, 0 for the others.",
      type: "gauge",
      samples: perZone(({ id, conditions }) =>
        zoneConditionNames.flatMap((condition) =>
          sample({ zone: id, condition }, conditions.includes(condition) ? 1 : 0),
        ),
      ),
    },
  ];
}

/** What this process has used so far, told by Node. `nowMicros` is the present. */
export function processFigures(nowMicros: number): ProcessFigures {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    startedAtSeconds: nowMicros / 1_000_000 - process.uptime(),
    cpuSeconds: (user + system) / 1_000_000,
    residentBytes: rss,
    heapUsedBytes: heapUsed,
  };
}
