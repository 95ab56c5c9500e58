import { microsPerSecond } from "#core/time.ts";
import type { AlarmLoad, AlarmLoadSource } from "#wire/alarm-load.ts";
import type { DeviceFacts } from "../device-facts.ts";
import type { AlarmCall } from "./alarm-call.ts";

/** EEMUA 191 counts by ten minutes: with more than ten calls in them, people lose track. */
export const floodCallsMax = 10;
const tenMinutesMicros = 600 * microsPerSecond;
/** So many calls of one source within a minute are chattering. */
const chatteringCalls = 3;
const minuteMicros = 60 * microsPerSecond;
/** How many sources are named as the worst. */
const worstMax = 10;

type Load = Omit<AlarmLoad, "standing">;

/** How much the calls of a span ask of people, after EEMUA 191; calls outside of the span are left out. */
export function alarmLoad(
  calls: readonly AlarmCall[],
  span: { readonly fromMicros: number; readonly toMicros: number },
): Load {
  const { fromMicros, toMicros } = span;
  const inside = calls
    .filter(({ atMicros }) => atMicros >= fromMicros && atMicros < toMicros)
    .sort((a, b) => a.atMicros - b.atMicros);
  const tenMinutes = byTenMinutes(inside);
  const sources = bySource(inside);
  return {
    ...span,
    calls: inside.length,
    averagePerTenMinutes: inside.length / ((toMicros - fromMicros) / tenMinutesMicros),
    peak: tenMinutes.reduce<Load["peak"]>(
      (most, one) => (most === null || one.calls > most.calls ? one : most),
      null,
    ),
    tenMinutes,
    floods: tenMinutes.filter((one) => one.calls > floodCallsMax).length,
    worst: worstOf(sources, inside.length),
    chattering: sources.flatMap(({ source, times }) => {
      const mostWithinMinute = mostWithin(times, minuteMicros);
      return mostWithinMinute >= chatteringCalls ? [{ ...source, mostWithinMinute }] : [];
    }),
  };
}

function byTenMinutes(calls: readonly AlarmCall[]): Load["tenMinutes"] {
  const counts = new Map<number, number>();
  for (const { atMicros } of calls) {
    const from = Math.floor(atMicros / tenMinutesMicros) * tenMinutesMicros;
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].map(([fromMicros, count]) => ({ fromMicros, calls: count }));
}

interface SourceCalls {
  readonly source: AlarmLoadSource;
  /** When it called, in order. */
  readonly times: number[];
}

function bySource(calls: readonly AlarmCall[]): readonly SourceCalls[] {
  const sources = new Map<string, SourceCalls>();
  for (const { atMicros, source, kind, code } of calls) {
    const key = JSON.stringify([source, kind, code]);
    const known = sources.get(key) ?? { source: { source, kind, code }, times: [] };
    known.times.push(atMicros);
    sources.set(key, known);
  }
  return [...sources.values()];
}

function worstOf(sources: readonly SourceCalls[], all: number): Load["worst"] {
  return [...sources]
    .sort((a, b) => b.times.length - a.times.length)
    .slice(0, worstMax)
    .map(({ source, times }) => ({ ...source, calls: times.length, share: times.length / all }));
}

/** Most of these times that lie within so long of each other; they are in order. */
function mostWithin(times: readonly number[], spanMicros: number): number {
  let most = 0;
  let first = 0;
  for (let last = 0; last < times.length; last += 1) {
    while (times[last]! - times[first]! >= spanMicros) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** What stands at devices now, the oldest first; of a silent device its silence, and an alarm that it had. */
export function standingCalls(devices: readonly DeviceFacts[]): AlarmLoad["standing"] {
  return devices
    .flatMap(standingOf)
    .sort((a, b) => (a.sinceMicros ?? 0) - (b.sinceMicros ?? 0) || (a.source < b.source ? -1 : 1));
}

function standingOf({ view, standing }: DeviceFacts): AlarmLoad["standing"] {
  const { id, state, silentSinceMicros } = view;
  if (standing === "ended") return [];
  const stands = (kind: AlarmLoadSource["kind"], sinceMicros: number | null, code: string | null = null) => ({
    source: id,
    kind,
    code,
    sinceMicros,
  });
  const level =
    state === null || state.level === "normal"
      ? []
      : [stands(state.level, state.incident?.firstAlarmAtMicros ?? state.incident?.startedAtMicros ?? null)];
  if (standing === "silent") return [...level, stands("trouble", silentSinceMicros, "device-silent")];
  if (state === null) return [];
  return [
    ...level,
    ...(state.gasHazard.length > 0 ? [stands("gas-hazard", null)] : []),
    ...(state.supervisory.length > 0 ? [stands("supervisory", null)] : []),
    ...state.troubles.map(({ code, sinceMicros }) => stands("trouble", sinceMicros, code)),
  ];
}
