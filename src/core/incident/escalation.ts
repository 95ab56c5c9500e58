import { assertNever } from "../failure.ts";
import { microsPerSecond } from "../time.ts";
import { resumeDeliveries, runDeliveries, sendTestMessage, takeReceipt } from "./deliveries.ts";
import { changeEscalation, type EscalationDraft } from "./escalation-draft.ts";
import type { EscalationEffect, EscalationInput, SnoozeInput } from "./escalation-input.ts";
import type { EscalationPolicy } from "./escalation-policy.ts";
import type { EscalationState } from "./escalation-state.ts";
import { forgetSubjects, runLadders, takeIncident, takeTrouble } from "./ladders.ts";

/** Longest snooze; longer ones are cut to it. */
export const snoozeMinutesMax = 1_440;

/** A step back in time by no more than this is one out of order; by more, a clock that was set back. */
const reorderMicrosMax = 5 * microsPerSecond;

/** What one step of the escalation gives. */
export interface EscalationStep {
  readonly state: EscalationState;
  /** When the next step is due at the latest, in the caller's time; null while nothing runs. */
  readonly nextDeadlineMicros: number | null;
  /** What is to be done, after the state has been saved with it. */
  readonly effects: readonly EscalationEffect[];
}

/**
 * One step of the escalation, from nothing but its arguments. Alarms, prealarms and troubles climb ladders of contacts
 * until somebody acknowledges or they are over; each message tries the contact's channels in their order. An alarm begins
 * at once, whatever is snoozed or was told a moment ago, and ends by a person alone: its last step is taken again and
 * again, without a maximum.
 */
export function stepEscalation(
  state: EscalationState,
  input: EscalationInput,
  nowMicros: number,
  policy: EscalationPolicy,
): EscalationStep {
  const draft: EscalationDraft = { nowMicros, policy, state: passTime(state, nowMicros), effects: [] };
  expireSnoozes(draft);
  apply(draft, input);
  runDeliveries(draft);
  runLadders(draft);
  forgetSubjects(draft);
  return { state: draft.state, nextDeadlineMicros: nextDeadline(draft), effects: draft.effects };
}

function passTime(state: EscalationState, nowMicros: number): EscalationState {
  const last = state.lastStepAtMicros;
  if (last === null) return { ...state, lastStepAtMicros: nowMicros };
  if (nowMicros >= last) {
    const elapsedMicros = state.elapsedMicros + nowMicros - last;
    return { ...state, lastStepAtMicros: nowMicros, elapsedMicros };
  }
  return last - nowMicros > reorderMicrosMax ? { ...state, lastStepAtMicros: nowMicros } : state;
}

function apply(draft: EscalationDraft, input: EscalationInput): void {
  switch (input.kind) {
    case "incident":
      takeIncident(draft, input);
      return;
    case "trouble":
      takeTrouble(draft, input);
      return;
    case "receipt":
      takeReceipt(draft, input);
      return;
    case "snooze":
      snooze(draft, input);
      return;
    case "test-message":
      sendTestMessage(draft, input);
      return;
    case "restart":
      resumeDeliveries(draft);
      return;
    case "clock":
      return;
    default:
      assertNever(input);
  }
}

function snooze(draft: EscalationDraft, { device, by, minutes }: SnoozeInput): void {
  const { snoozes, subjects, elapsedMicros } = draft.state;
  const others = snoozes.filter((known) => known.device !== device);
  const untilMicros = elapsedMicros + Math.round(Math.min(minutes, snoozeMinutesMax) * 60 * microsPerSecond);
  changeEscalation(draft, { snoozes: minutes > 0 ? [...others, { device, by, untilMicros }] : others });
  if (minutes > 0) return;
  // What the snooze held back is looked at now.
  const known = snoozes.find((one) => one.device === device);
  if (known === undefined) return;
  changeEscalation(draft, {
    subjects: subjects.map((subject) =>
      subject.dueMicros === known.untilMicros && subject.devices.includes(device)
        ? { ...subject, dueMicros: elapsedMicros }
        : subject,
    ),
  });
}

function expireSnoozes(draft: EscalationDraft): void {
  const { snoozes, elapsedMicros } = draft.state;
  const standing = snoozes.filter(({ untilMicros }) => untilMicros > elapsedMicros);
  if (standing.length < snoozes.length) changeEscalation(draft, { snoozes: standing });
}

function nextDeadline({ state, nowMicros }: EscalationDraft): number | null {
  const times = [...state.subjects, ...state.deliveries].flatMap(({ dueMicros }) => dueMicros ?? []);
  return times.length === 0 ? null : nowMicros + Math.max(0, Math.min(...times) - state.elapsedMicros);
}
