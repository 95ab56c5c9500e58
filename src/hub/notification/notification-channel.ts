import type { MessageKind } from "#core/incident/escalation-state.ts";
import type { IncidentView } from "#wire/incident-api.ts";

/** A message to one person by one channel. */
export interface Notification {
  /** The same id is the same notification: one that comes again after a crash must not reach the person twice. */
  readonly id: string;
  readonly kind: MessageKind;
  /** Name of the contact; the channel knows their address. */
  readonly contact: string;
  /** Name of the channel. */
  readonly channel: string;
  /** 1 for the first try by this channel. */
  readonly attempt: number;
  /** One line for people, such as "FIRE: kitchen". */
  readonly title: string;
  /** What it is about, in sentences, with the reasons and what to do. */
  readonly text: string;
  /** The incident as it was when this was written; null for troubles and test messages. */
  readonly incident: IncidentView | null;
  /** Path on the hub's page that shows more, such as "/#/incidents/7"; null where there is none. */
  readonly path: string | null;
  readonly atMicros: number;
}

/** What became of a notification. */
export interface NotificationReceipt {
  /** "sent": whoever carries it has taken it; "delivered": it is known to have reached the person. */
  readonly outcome: "sent" | "delivered" | "failed";
  /** What went wrong, in one sentence; empty where nothing did. */
  readonly text: string;
}

/** A way to reach people: e-mail, a webhook, SMS, a push service. Made in `cli`, handed to the hub. */
export interface NotificationChannel {
  /** By which contacts of the policy name it: 1 to 31 of a–z, 0–9 and '-'. */
  readonly name: string;
  /**
   * Brings one notification on its way, and says what became of it. It need not try again: the escalation does, with
   * another id. One that throws, or that has not answered within the policy's `receiptSeconds`, has failed; an answer
   * that comes later is taken all the same. Given again with an id that it has sent, it answers "sent" and sends nothing.
   */
  send(notification: Notification): Promise<NotificationReceipt>;
  /**
   * Takes whom to tell what is learnt after `send` has answered: that a message was delivered, or came back. Called once,
   * at the start; left out by channels that learn nothing more.
   */
  listen?(report: (id: string, receipt: NotificationReceipt) => void): void;
}
