import type { AlarmEvent } from "./alarm-event.ts";
import type { AlarmNotice } from "./alarm-notice.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";
import type { AlarmState } from "./alarm-state.ts";

/** Longest sentence the machine keeps or tells; longer ones are cut. */
export const textCharactersMax = 500;

/** Longest name of a person the machine keeps or tells; longer ones are cut. */
export const byCharactersMax = 100;

/** An event before it has its number and time. */
export type UnnumberedEvent = AlarmEvent extends infer Event
  ? Event extends AlarmEvent
    ? Omit<Event, "sequence" | "atMicros">
    : never
  : never;

/** One step of the alarm machine in the making: the state as it stands so far and what has happened in this step. */
export interface AlarmDraft {
  /** The machine's time in this step; see `readTime` of time-of-step.ts. */
  readonly nowMicros: number;
  readonly policy: AlarmPolicy;
  state: AlarmState;
  readonly events: AlarmEvent[];
  readonly notices: AlarmNotice[];
}

/** Changes some of the state. */
export function change(draft: AlarmDraft, fields: Partial<AlarmState>): void {
  draft.state = { ...draft.state, ...fields };
}

/** Says that something happened: gives the event the next number and the time of the step. */
export function emit(draft: AlarmDraft, event: UnnumberedEvent): void {
  const sequence = draft.state.sequence + 1;
  draft.events.push({ ...event, sequence, atMicros: draft.nowMicros } as AlarmEvent);
  change(draft, { sequence });
}
