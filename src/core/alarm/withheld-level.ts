import { type AlarmDraft, change } from "./alarm-draft.ts";
import type { Evidence } from "./evidence.ts";
import { boundReasons } from "./incident.ts";
import { isThermal, type Reason } from "./reason.ts";

/** What disablements keep back, as the machine remembers it between seconds. */
export interface WithheldLevel {
  /** The level that would have been raised. */
  readonly level: "normal" | "prealarm" | "alarm";
  readonly alarmSeconds: number;
  readonly prealarmSeconds: number;
  readonly quietSeconds: number;
}

/** Nothing is kept back. */
export const nothingWithheld: WithheldLevel = {
  level: "normal",
  alarmSeconds: 0,
  prealarmSeconds: 0,
  quietSeconds: 0,
};

/**
 * Follows the level that would stand if nothing were disabled, by the same filter times, and tells when it rises: once
 * for PREALARM and once for FIRE, and again after it was quiet for as long as ends a prealarm.
 */
export function followWithheld(draft: AlarmDraft, evidence: Evidence): void {
  const { disabled, disabledRegions } = draft.state;
  if (disabled === null && disabledRegions.length === 0) {
    if (draft.state.withheld !== nothingWithheld) change(draft, { withheld: nothingWithheld });
    return;
  }
  const kept = keptBack(draft, evidence);
  const before = draft.state.withheld;
  const counted = count(draft, before, { kept, isSeen: evidence.thermalPresent });
  const level = levelOf(draft, counted, kept);
  change(draft, { withheld: { ...counted, level } });
  if (rank(level) <= rank(before.level) || level === "normal") return;
  const reasons = boundReasons(level === "alarm" ? kept.alarm : [...kept.alarm, ...kept.prealarm]);
  const regions = disabled === null ? disabledRegions.map(({ name }) => name) : [];
  draft.notices.push({ type: "would-have-alarmed", atMicros: draft.nowMicros, level, reasons, regions });
}

interface KeptBack {
  readonly alarm: readonly Reason[];
  readonly prealarm: readonly Reason[];
}

function keptBack({ state }: AlarmDraft, { alarm, prealarm, withheld }: Evidence): KeptBack {
  const inRegions = withheld ?? { alarm: [], prealarm: [] };
  if (state.disabled === null) return inRegions;
  return { alarm: [...alarm, ...inRegions.alarm], prealarm: [...prealarm, ...inRegions.prealarm] };
}

function count(
  draft: AlarmDraft,
  before: WithheldLevel,
  now: { readonly kept: KeptBack; readonly isSeen: boolean },
): WithheldLevel {
  const { alarm, prealarm } = now.kept;
  // A second without a picture neither advances nor resets, as for the level itself.
  const rest = (seconds: number): number => (now.isSeen ? 0 : seconds);
  const isQuiet = alarm.length === 0 && prealarm.length === 0;
  const quietSeconds = isQuiet ? before.quietSeconds + (now.isSeen ? 1 : 0) : 0;
  return {
    level: quietSeconds >= draft.policy.prealarmQuietSeconds ? "normal" : before.level,
    alarmSeconds: alarm.length > 0 ? before.alarmSeconds + 1 : rest(before.alarmSeconds),
    prealarmSeconds:
      alarm.length > 0 || prealarm.some(isThermal)
        ? before.prealarmSeconds + 1
        : rest(before.prealarmSeconds),
    quietSeconds,
  };
}

function levelOf({ policy }: AlarmDraft, counted: WithheldLevel, kept: KeptBack): WithheldLevel["level"] {
  const { alarm, prealarm } = kept;
  const isSevere = alarm.some(({ code }) => code === "severe-heat");
  if (alarm.length > 0 && (isSevere || counted.alarmSeconds >= policy.alarmFilterSeconds)) return "alarm";
  if (counted.level !== "normal") return counted.level;
  const isProven =
    counted.prealarmSeconds >= policy.prealarmFilterSeconds || prealarm.some((reason) => !isThermal(reason));
  return isProven && alarm.length + prealarm.length > 0 ? "prealarm" : "normal";
}

function rank(level: WithheldLevel["level"]): number {
  return ["normal", "prealarm", "alarm"].indexOf(level);
}
