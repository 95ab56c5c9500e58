import { stepEscalation } from "#core/incident/escalation.ts";
import type { EscalationInput, NotifyEffect } from "#core/incident/escalation-input.ts";
import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import { type EscalationState, initialEscalationState } from "#core/incident/escalation-state.ts";
import type { Clock } from "#core/time.ts";
import type { IncidentView } from "#wire/incident-api.ts";
import type { Notification, NotificationChannel, NotificationReceipt } from "./notification-channel.ts";
import type { NotificationStore } from "./notification-store.ts";
import type { Wording } from "./notification-text.ts";

/** What the escalation of a hub stands on. */
export interface EscalatorOptions {
  readonly clock: Clock;
  readonly store: Pick<NotificationStore, "add" | "get" | "save" | "saved">;
  /** Null: nobody is told of anything. */
  readonly policy: EscalationPolicy | null;
  readonly channels: readonly NotificationChannel[];
  /** What a message says, in the words of now. */
  readonly describe: (
    effect: NotifyEffect,
    state: EscalationState,
  ) => Wording & { readonly incident: IncidentView | null };
  /** Takes what became of a notification. */
  readonly onReceipt: (id: string, receipt: NotificationReceipt) => void;
  readonly log: (line: string) => void;
}

/** Inputs of the escalation that are taken and saved together. */
export interface EscalationTurn {
  state: EscalationState;
  readonly notifications: Notification[];
  deadlineMicros: number | null;
}

/**
 * Drives the escalation: each turn is saved with its notifications before any of them is sent, so that after a crash the
 * same ones are sent by the same names and none is forgotten.
 */
export class Escalator {
  readonly #options: EscalatorOptions;
  readonly #channels: ReadonlyMap<string, NotificationChannel>;
  #state: EscalationState;
  #foldedRow: number;
  #deadlineMicros: number | null = null;
  #runs = true;

  constructor(options: EscalatorOptions) {
    this.#options = options;
    this.#channels = new Map(options.channels.map((channel) => [channel.name, channel]));
    const { state, foldedRow } = options.store.saved();
    if (state === "damaged")
      options.log("what was kept of the escalation is damaged: incidents that stand are told anew");
    const saved = state === "damaged" ? initialEscalationState() : state;
    // Never below the milliseconds of the clock: a store that is new, damaged or behind what was told without it must not
    // give a name again that a channel knows as sent.
    const numbers = Math.max(saved.numbers, Math.floor(options.clock.nowMicros() / 1_000));
    this.#state = { ...saved, numbers };
    this.#foldedRow = foldedRow;
    for (const channel of options.channels)
      channel.listen?.((id, receipt) => {
        if (this.#runs) options.onReceipt(id, receipt);
      });
  }

  /** The escalation as it stands. */
  get state(): EscalationState {
    return this.#state;
  }

  /** Number of the last event that is folded into incidents. */
  get foldedRow(): number {
    return this.#foldedRow;
  }

  /** Whether a step is due. */
  get isDue(): boolean {
    return this.#deadlineMicros !== null && this.#deadlineMicros <= this.#options.clock.nowMicros();
  }

  /** Names of channels that contacts name and that nobody has made. */
  get missingChannels(): readonly string[] {
    const named = this.#options.policy?.contacts.flatMap(({ channels }) => channels) ?? [];
    return [...new Set(named)].filter((name) => !this.#channels.has(name));
  }

  /** Begins a turn. */
  begin(): EscalationTurn {
    return { state: this.#state, notifications: [], deadlineMicros: this.#deadlineMicros };
  }

  /** Takes one input in. Without a policy nothing is taken. */
  take(turn: EscalationTurn, input: EscalationInput): void {
    const { policy, clock, store, describe } = this.#options;
    if (policy === null) return;
    const nowMicros = clock.nowMicros();
    const { state, effects, nextDeadlineMicros } = stepEscalation(turn.state, input, nowMicros, policy);
    turn.state = state;
    turn.deadlineMicros = nextDeadlineMicros;
    for (const effect of effects) {
      if (effect.type === "channel-trouble") {
        const { channel, active, text } = effect;
        this.#options.log(text);
        this.take(turn, { kind: "trouble", source: `channel/${channel}`, code: "channel-failed", active });
        continue;
      }
      const { id, kind, contact, channel, attempt } = effect;
      const known = store.get(id);
      const words = describe(effect, turn.state);
      const path = words.incident === null ? null : `/#/incidents/${words.incident.id}`;
      const fresh = { id, kind, contact, channel, attempt, ...words, path, atMicros: nowMicros };
      turn.notifications.push(known ?? fresh);
    }
  }

  /** Writes a turn to the store; to be done in the transaction of whatever it belongs to. */
  save({ state, notifications }: EscalationTurn, foldedRow: number): void {
    for (const notification of notifications) this.#options.store.add(notification);
    this.#options.store.save({ state, foldedRow });
  }

  /** The turn is saved, or cannot be: it holds from now on, and its notifications are sent. */
  adopt({ state, notifications, deadlineMicros }: EscalationTurn, foldedRow: number): void {
    this.#state = state;
    this.#foldedRow = foldedRow;
    this.#deadlineMicros = deadlineMicros;
    for (const notification of notifications) this.send(notification);
  }

  /** Hands a notification to its channel; what becomes of it comes back as a receipt. */
  send(notification: Notification): void {
    const { id, channel: name } = notification;
    const channel = this.#channels.get(name);
    const told =
      channel === undefined
        ? Promise.resolve<NotificationReceipt>({
            outcome: "failed",
            text: `This hub has no channel ${name}.`,
          })
        : this.#try(channel, notification);
    void told.then((receipt) => {
      if (this.#runs) this.#options.onReceipt(id, receipt);
    });
  }

  /** No receipt is taken any more; what is under way is given again after the next start. */
  stop(): void {
    this.#runs = false;
  }

  async #try(channel: NotificationChannel, notification: Notification): Promise<NotificationReceipt> {
    try {
      return await channel.send(notification);
    } catch (error) {
      return { outcome: "failed", text: error instanceof Error ? error.message : String(error) };
    }
  }
}
