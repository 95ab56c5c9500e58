import type { AlarmState, Incident, TimedCondition } from "#core/alarm/alarm-state.ts";
import { durationText } from "../text/duration-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { type LampName, lampLabels, lampsOf, type Tone } from "./lamps.ts";
import { type RoomSituation, whyUnknown } from "./room-knowledge.ts";
import { reasonsOf } from "./site-summary.ts";

/** One thing that stands in a room, in words. */
export interface SituationBlock {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Everything that stands in a room, worst first; empty when it is quiet and known. */
export function situationBlocks(room: RoomSituation, nowMicros: number): readonly SituationBlock[] {
  const blocks: SituationBlock[] = [];
  for (const lamp of lampsOf(room)) {
    if (lamp.status !== "on") continue;
    blocks.push({
      tone: lamp.name,
      title: lampLabels[lamp.name],
      lines: [...reasonsOf(room, lamp.name), ...aboutLines(lamp.name, { room, nowMicros })],
    });
  }
  const unknown = whyUnknown(room);
  if (unknown !== null && !blocks.some((block) => block.tone === "trouble"))
    blocks.push({ tone: "unknown", title: "UNKNOWN", lines: [unknown] });
  return blocks;
}

function aboutLines(
  name: LampName,
  at: { readonly room: RoomSituation; readonly nowMicros: number },
): readonly string[] {
  const { nowMicros } = at;
  const { state } = at.room.view;
  if ((name === "fire" || name === "prealarm") && state?.incident != null)
    return incidentLines(state.incident, nowMicros);
  if (name === "disabled" && state !== null) return disabledLines(state, nowMicros);
  if (name === "test" && state?.test != null) return [untilLine(state.test, nowMicros)];
  return [];
}

function incidentLines(incident: Incident, nowMicros: number): readonly string[] {
  const time = (atMicros: number) => localTimeText(atMicros, { nowMicros });
  const first = new Set(incident.firstReasons.map((reason) => reason.code));
  const later = incident.reasons.filter((reason) => !first.has(reason.code));
  const lines = later.map((reason) => `Since then: ${reason.text}`);
  lines.push(`Since ${time(incident.firstAlarmAtMicros ?? incident.startedAtMicros)}.`);
  const { acknowledged, silenced } = incident;
  if (acknowledged !== null)
    lines.push(`Acknowledged by ${acknowledged.by} at ${time(acknowledged.atMicros)}.`);
  if (silenced !== null) lines.push(`Silenced by ${silenced.by} at ${time(silenced.atMicros)}.`);
  return lines;
}

function disabledLines({ disabled, disabledRegions }: AlarmState, nowMicros: number): readonly string[] {
  const regions = disabledRegions.map((region) => `"${region.name}": ${untilLine(region, nowMicros)}`);
  return disabled === null ? regions : [untilLine(disabled, nowMicros), ...regions];
}

function untilLine(condition: TimedCondition, nowMicros: number): string {
  const leftMs = (condition.expiresAtMicros - nowMicros) / 1_000;
  return `Until ${localTimeText(condition.expiresAtMicros, { nowMicros })}, ${durationText(leftMs)} left.`;
}
