import { assertNever } from "../failure.ts";
import type { Outline } from "../regions/outline.ts";
import { microsPerSecond } from "../time.ts";
import { type AlarmDraft, byCharactersMax, change, emit, textCharactersMax } from "./alarm-draft.ts";
import type { ActEvent } from "./alarm-event.ts";
import type { ActInput, TimedActInput } from "./alarm-input.ts";
import type { Act, TimedCondition } from "./alarm-state.ts";
import { disabledRegionsMax, disableRegion, enableRegion } from "./disabled-region.ts";
import { endIncident } from "./fire-level.ts";
import { isTestIncident } from "./incident.ts";

/** Does what a person asked. Every act leaves an event, also one that had nothing to act on: it was done. */
export function applyAct(draft: AlarmDraft, input: ActInput): void {
  const act: Act = {
    by: input.by.slice(0, byCharactersMax),
    atMicros: draft.nowMicros,
    reason: input.reason.slice(0, textCharactersMax),
  };
  switch (input.act) {
    case "acknowledge":
      acknowledge(draft, act);
      break;
    case "silence":
      silence(draft, act);
      break;
    case "reset":
      reset(draft, act);
      break;
    case "disable":
      disable(draft, act, input);
      break;
    case "enable":
      enable(draft, act, input.region);
      break;
    case "start-test":
      startTest(draft, act, input.minutes);
      break;
    case "end-test":
      endTest(draft, act);
      break;
    default:
      assertNever(input);
  }
}

/** Ends what has run out. */
export function expireConditions(draft: AlarmDraft): void {
  const { disabled, test } = draft.state;
  const expiry: Act = { by: "expiry", atMicros: draft.nowMicros, reason: "Its time is over." };
  if (disabled !== null && disabled.expiresAtMicros <= draft.nowMicros) {
    enable(draft, expiry);
  }
  for (const { name, expiresAtMicros } of draft.state.disabledRegions)
    if (expiresAtMicros <= draft.nowMicros) enable(draft, expiry, name);
  if (test !== null && test.expiresAtMicros <= draft.nowMicros) endTest(draft, expiry);
}

function acknowledge(draft: AlarmDraft, act: Act): void {
  const { incident } = draft.state;
  emitAct(draft, "acknowledged", act);
  if (incident !== null) change(draft, { incident: { ...incident, acknowledged: act } });
}

function silence(draft: AlarmDraft, act: Act): void {
  const { incident, level } = draft.state;
  emitAct(draft, "silenced", act);
  // Only an alarm sounds: silencing a prealarm must not keep a later alarm quiet.
  if (incident === null || level !== "alarm") return;
  change(draft, { sounding: false, incident: { ...incident, silenced: act } });
}

function reset(draft: AlarmDraft, act: Act): void {
  const { incident } = draft.state;
  emitAct(draft, "reset", act);
  if (incident !== null && !isTestIncident(incident))
    change(draft, { lastIncident: { incident, resetAtMicros: draft.nowMicros } });
  endIncident(draft);
  change(draft, { alarmSeconds: 0, prealarmSeconds: 0, unansweredSeconds: 0, lostSeconds: 0 });
}

/** Detection goes on; only fire levels are not raised. An alarm that stands stays until it is reset. */
function disable(draft: AlarmDraft, act: Act, { minutes, region }: TimedActInput): void {
  if (region === undefined) {
    emitAct(draft, "disabled", act);
    change(draft, { disabled: timed(draft, act, minutes) });
    return;
  }
  const name = region.name.slice(0, byCharactersMax);
  if (disableRegion(draft, { ...timed(draft, act, minutes), name, outline: region.outline })) {
    emitAct(draft, "disabled", act, { name, outline: region.outline });
    return;
  }
  const reason = `Not disabled: ${disabledRegionsMax} regions are already, and no more are taken. Enable one first.`;
  emitAct(draft, "enabled", { ...act, reason }, { name });
}

function enable(draft: AlarmDraft, act: Act, region?: string): void {
  emitAct(draft, "enabled", act, region === undefined ? undefined : { name: region });
  if (region === undefined) change(draft, { disabled: null });
  else enableRegion(draft, region);
}

function startTest(draft: AlarmDraft, act: Act, minutes: number): void {
  emitAct(draft, "test-started", act);
  change(draft, { test: timed(draft, act, minutes) });
}

/** An alarm that a test made ends with it. What was counted stays: if the cause is real, FIRE follows at once. */
function endTest(draft: AlarmDraft, act: Act): void {
  const { incident } = draft.state;
  emitAct(draft, "test-ended", act);
  change(draft, { test: null });
  if (incident !== null && isTestIncident(incident)) endIncident(draft);
}

function timed(draft: AlarmDraft, act: Act, minutes: number): TimedCondition {
  const bounded = minutes > 0 ? Math.min(minutes, draft.policy.conditionMinutesMax) : 0;
  return { ...act, expiresAtMicros: draft.nowMicros + Math.round(bounded * 60 * microsPerSecond) };
}

function emitAct(
  draft: AlarmDraft,
  type: ActEvent["type"],
  act: Act,
  region?: { readonly name: string; readonly outline?: Outline },
): void {
  const incidentId = draft.state.incident?.id ?? null;
  const told = { type, by: act.by, reason: act.reason, incidentId };
  if (region === undefined) emit(draft, told);
  else if (region.outline === undefined) emit(draft, { ...told, region: region.name });
  else emit(draft, { ...told, region: region.name, outline: region.outline });
}
