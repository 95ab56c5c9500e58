import type { MessageKind } from "./escalation-state.ts";

/** How an incident is; all of it each time, so that one that comes twice changes nothing. Tests are never told. */
export interface IncidentInput {
  readonly kind: "incident";
  readonly id: string;
  readonly severity: "alarm" | "prealarm";
  readonly devices: readonly string[];
  readonly alarms: number;
  readonly standing: "unanswered" | "acknowledged" | "over";
}

/** A fault of a device or channel has come or gone; one that comes twice changes nothing. */
export interface TroubleChangeInput {
  readonly kind: "trouble";
  readonly source: string;
  readonly code: string;
  readonly active: boolean;
}

/** What a channel says of a notification; "delivered": it is known to have reached the person. */
export interface ReceiptInput {
  readonly kind: "receipt";
  /** Of the notification. */
  readonly id: string;
  readonly outcome: "sent" | "delivered" | "failed";
  /** One sentence; what went wrong. */
  readonly text: string;
}

/** Somebody wants no prealarms and troubles of a device for a while; 0 minutes end that. */
export interface SnoozeInput {
  readonly kind: "snooze";
  readonly device: string;
  readonly by: string;
  readonly minutes: number;
}

/** Somebody wants to see whether a channel reaches a contact. */
export interface TestMessageInput {
  readonly kind: "test-message";
  readonly contact: string;
  readonly channel: string;
}

/** Time went by. */
export interface ClockInput {
  readonly kind: "clock";
}

/** Whoever drives the escalation has begun anew, out of the saved state. */
export interface RestartInput {
  readonly kind: "restart";
}

/** Everything the escalation can be told. */
export type EscalationInput =
  | IncidentInput
  | TroubleChangeInput
  | ReceiptInput
  | SnoozeInput
  | TestMessageInput
  | ClockInput
  | RestartInput;

/** Somebody is to be told: the same id is the same notification, whenever it is given. */
export interface NotifyEffect {
  readonly type: "notify";
  readonly id: string;
  /** An incident, `trouble-ID`, or "test". */
  readonly subject: string;
  readonly contact: string;
  readonly channel: string;
  readonly kind: MessageKind;
  /** 1 for the first try by this channel. */
  readonly attempt: number;
}

/** A channel fails, or works again. */
export interface ChannelTroubleEffect {
  readonly type: "channel-trouble";
  readonly channel: string;
  readonly active: boolean;
  readonly text: string;
}

/** What the escalation wants done. */
export type EscalationEffect = NotifyEffect | ChannelTroubleEffect;
