import { eventSequence } from "#core/device-event.ts";
import type { EventPage } from "#wire/hub-api.ts";

/** One event and the device it comes from. */
export type LoggedEvent = EventPage["events"][number];

/** The page keeps this many; the hub keeps all. */
export const eventsMax = 1_000;

/** Puts events together, newest first, each once; beyond the maximum the oldest are left to the hub. */
export function mergeEvents(
  known: readonly LoggedEvent[],
  more: readonly LoggedEvent[],
): readonly LoggedEvent[] {
  const byId = new Map([...known, ...more].map((logged) => [`${logged.device} ${logged.id}`, logged]));
  return [...byId.values()].sort(newestFirst).slice(0, eventsMax);
}

function newestFirst(a: LoggedEvent, b: LoggedEvent): number {
  if (a.event.atMicros !== b.event.atMicros) return b.event.atMicros - a.event.atMicros;
  return a.device === b.device
    ? eventSequence(b.event) - eventSequence(a.event)
    : a.device < b.device
      ? -1
      : 1;
}
