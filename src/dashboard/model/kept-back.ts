import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import type { DisabledRegion } from "#core/alarm/disabled-region.ts";
import { isWithin } from "#core/regions/outline.ts";
import { localTimeText } from "../text/local-time-text.ts";
import type { LoggedEvent } from "./event-log.ts";

type Withheld = Extract<AlarmNotice, { type: "would-have-alarmed" }>;

/** Most that is listed of one disablement; all of it stands among the events. */
const linesMax = 3;

/** What is known of the past when somebody asks what a disablement has kept back. */
export interface KnownPast {
  /** Newest first. */
  readonly events: readonly LoggedEvent[];
  /** Whether the hub keeps events older than these. */
  readonly before: "nothing" | "more";
  readonly nowMicros: number;
}

/** What a disablement of a part of the picture has kept back since it began, newest first, a sentence each. */
export function keptBackLines(
  device: string,
  disabled: DisabledRegion,
  { events, before, nowMicros }: KnownPast,
): readonly string[] {
  const time = (atMicros: number): string => localTimeText(atMicros, { nowMicros });
  const kept = events
    .filter((logged) => logged.device === device)
    .flatMap(({ event }) => (event.type === "notice" ? [event.notice] : []))
    .filter((notice): notice is Withheld => notice.type === "would-have-alarmed")
    .filter((notice) => notice.atMicros >= disabled.atMicros && concerns(notice, disabled));
  const lines = kept.slice(0, linesMax).map(({ atMicros, level, reasons }) => {
    const what = level === "alarm" ? "FIRE" : "a prealarm";
    return `Kept back at ${time(atMicros)}: it would have been ${what}. ${reasons.map(({ text }) => text).join(" ")}`;
  });
  const oldest = events.at(-1)?.event.atMicros ?? nowMicros;
  if (before === "more" && oldest > disabled.atMicros)
    return [...lines, `What it kept back before ${time(oldest)} stands among the older events.`];
  return lines.length > 0 ? lines : ["It has kept nothing back so far."];
}

/** The device names every part that was disabled then; a reason's place says in which it was. */
function concerns({ regions, reasons }: Withheld, { name, outline }: DisabledRegion): boolean {
  if (!regions.includes(name)) return false;
  return reasons.some(({ location }) => location === null || isWithin(outline, location));
}
