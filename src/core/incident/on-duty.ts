import { utcOffsetMinutes } from "../time-zone.ts";
import { isScheduled } from "../weekly-schedule.ts";
import type { Contact, EscalationPolicy, Ladder } from "./escalation-policy.ts";

/** Whom a step of a ladder tells. */
export interface Chosen {
  /** The step that is taken: one in which somebody is on duty. */
  readonly step: number;
  readonly contacts: readonly string[];
}

/**
 * Whom to tell at a step: those of its contacts who are on duty, else those of the nearest later step with somebody on
 * duty, else of any step. Null while nobody in the ladder is on duty.
 */
export function chooseOnDuty(
  { contacts }: Pick<EscalationPolicy, "contacts">,
  { steps }: Ladder,
  at: { readonly step: number; readonly nowMicros: number },
): Chosen | null {
  const isOnDuty = (name: string): boolean => {
    const contact = contacts.find((one) => one.name === name);
    return contact !== undefined && isDuty(contact, at.nowMicros);
  };
  const order = [...steps.keys()].sort((a, b) => rank(a, at.step) - rank(b, at.step));
  for (const step of order) {
    const found = steps[step]!.contacts.filter(isOnDuty);
    if (found.length > 0) return { step: Math.max(step, at.step), contacts: found };
  }
  return null;
}

/** Later steps first, from this one on; then the earlier ones. */
function rank(step: number, from: number): number {
  return step >= from ? step - from : Number.MAX_SAFE_INTEGER - step;
}

function isDuty({ hours, timeZone }: Contact, nowMicros: number): boolean {
  if (hours === null) return true;
  return isScheduled(hours, nowMicros, { utcOffsetMinutes: utcOffsetMinutes(timeZone, nowMicros) });
}
