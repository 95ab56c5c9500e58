/** What is told of: an incident by its name, or the faults of a device or channel (`trouble-ID`). */
export interface EscalationSubject {
  readonly id: string;
  readonly severity: "alarm" | "prealarm" | "trouble";
  /** Devices that a snooze has to name for it to hold this back; never an alarm. */
  readonly devices: readonly string[];
  /** Alarms so far: one more is told again. */
  readonly alarms: number;
  /** Faults that stand; empty for incidents. */
  readonly codes: readonly string[];
  readonly phase: "running" | "acknowledged" | "over";
  /** Number of the ladder that runs or ran last. */
  readonly round: number;
  /** When that began; like all times here, in the escalation's own time. */
  readonly roundAtMicros: number;
  /** The step that comes next; beyond the last one it is a repetition. */
  readonly nextStep: number;
  /** When it comes; null: never. */
  readonly dueMicros: number | null;
  /** When somebody was told last; null: nobody yet. */
  readonly toldAtMicros: number | null;
  /** Contacts that have been told in this round. */
  readonly told: readonly string[];
}

/** What a message says. */
export type MessageKind = "alarm" | "prealarm" | "trouble" | "acknowledged" | "over" | "test";

/** A message on its way to a contact. */
export interface Delivery {
  /** Of the notification that is under way, or was last. */
  readonly id: string;
  readonly subject: string;
  readonly contact: string;
  readonly kind: MessageKind;
  /** Number of the message; with channel and attempt it makes the notification's id. */
  readonly message: number;
  readonly channel: string;
  readonly attempt: number;
  /** "sent": a channel has taken it; it is known on for the case that the channel takes that back. */
  readonly phase: "under-way" | "waiting" | "sent";
  /** When the receipt is overdue, or the next try is due; null once it is sent. */
  readonly dueMicros: number | null;
}

/** What is known of a channel that has ever failed. */
export interface ChannelState {
  readonly name: string;
  /** Failures in a row. */
  readonly failures: number;
  readonly standing: "works" | "trouble";
}

/** Prealarms and troubles of a device are not told for a while. */
export interface Snooze {
  readonly device: string;
  readonly by: string;
  readonly untilMicros: number;
}

/** All that the escalation remembers: plain data, saved before its effects are carried out. */
export interface EscalationState {
  /** The caller's time of the last step. */
  readonly lastStepAtMicros: number | null;
  /** The escalation's own time, which no clock that is set back can hold up: the sum of all steps forward. */
  readonly elapsedMicros: number;
  /** Messages and rounds so far: each has a number of its own for ever. */
  readonly numbers: number;
  readonly subjects: readonly EscalationSubject[];
  readonly deliveries: readonly Delivery[];
  readonly channels: readonly ChannelState[];
  readonly snoozes: readonly Snooze[];
}

/** An escalation that has heard nothing yet. */
export function initialEscalationState(): EscalationState {
  return {
    lastStepAtMicros: null,
    elapsedMicros: 0,
    numbers: 0,
    subjects: [],
    deliveries: [],
    channels: [],
    snoozes: [],
  };
}
