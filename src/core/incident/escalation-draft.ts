import type { EscalationEffect } from "./escalation-input.ts";
import type { EscalationPolicy } from "./escalation-policy.ts";
import type { EscalationState, EscalationSubject } from "./escalation-state.ts";

/** One step of the escalation in the making. */
export interface EscalationDraft {
  /** The caller's time of this step. */
  readonly nowMicros: number;
  readonly policy: EscalationPolicy;
  state: EscalationState;
  readonly effects: EscalationEffect[];
}

/** Changes some of the state. */
export function changeEscalation(draft: EscalationDraft, fields: Partial<EscalationState>): void {
  draft.state = { ...draft.state, ...fields };
}

/** The subject of this name as it stands; null where there is none. */
export function subjectOf({ state }: EscalationDraft, id: string): EscalationSubject | null {
  return state.subjects.find((subject) => subject.id === id) ?? null;
}

/** Puts a subject in the place of the one of its name, or last. */
export function putSubject(draft: EscalationDraft, subject: EscalationSubject): void {
  const { subjects } = draft.state;
  const isKnown = subjects.some(({ id }) => id === subject.id);
  changeEscalation(draft, {
    subjects: isKnown
      ? subjects.map((known) => (known.id === subject.id ? subject : known))
      : [...subjects, subject],
  });
}

/** A number that no message and no round has had. */
export function nextNumber(draft: EscalationDraft): number {
  const numbers = draft.state.numbers + 1;
  changeEscalation(draft, { numbers });
  return numbers;
}
