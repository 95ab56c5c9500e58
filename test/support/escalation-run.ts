import { stepEscalation } from "#core/incident/escalation.ts";
import type { EscalationEffect, EscalationInput, IncidentInput } from "#core/incident/escalation-input.ts";
import {
  type DeliveryPolicy,
  defaultDelivery,
  type EscalationPolicy,
} from "#core/incident/escalation-policy.ts";
import { type EscalationState, initialEscalationState } from "#core/incident/escalation-state.ts";
import { microsPerSecond } from "#core/time.ts";
import type { WeeklySchedule } from "#core/weekly-schedule.ts";

/** Ada first and Bob after two minutes, then again every ten; each by mail and, where that fails, by SMS. */
export function testPolicy(
  changes: {
    readonly hours?: Readonly<Record<string, WeeklySchedule>>;
    readonly delivery?: Partial<DeliveryPolicy>;
  } = {},
): EscalationPolicy {
  const contact = (name: string) => {
    return { name, channels: ["mail", "sms"], hours: changes.hours?.[name] ?? null, timeZone: "UTC" };
  };
  return {
    contacts: [contact("Ada"), contact("Bob")],
    alarm: {
      steps: [
        { afterSeconds: 0, contacts: ["Ada"] },
        { afterSeconds: 120, contacts: ["Bob"] },
      ],
      repeatSeconds: 600,
    },
    prealarm: { steps: [{ afterSeconds: 0, contacts: ["Bob"] }], repeatSeconds: null, quietSeconds: 60 },
    trouble: { steps: [{ afterSeconds: 60, contacts: ["Bob"] }], repeatSeconds: 86_400, quietSeconds: 900 },
    delivery: { ...defaultDelivery, ...changes.delivery },
  };
}

/** An alarm in the kitchen that nobody has answered. */
export function incidentNow(changes: Partial<IncidentInput> = {}): IncidentInput {
  return {
    kind: "incident",
    id: "7",
    severity: "alarm",
    devices: ["kitchen"],
    alarms: 1,
    standing: "unanswered",
    ...changes,
  };
}

/** An escalation from step to step, stepped when it asks to be; what it wants done is told as "KIND CONTACT CHANNEL". */
export class EscalationRun {
  state: EscalationState = initialEscalationState();
  nowMicros = 1_750_000_000_000_000;
  deadlineMicros: number | null = null;
  /** Names of all notifications, in the order in which they were given. */
  readonly ids: string[] = [];
  readonly policy: EscalationPolicy;
  #underWay: string[] = [];

  constructor(policy: EscalationPolicy) {
    this.policy = policy;
  }

  take(input: EscalationInput): string[] {
    const step = stepEscalation(this.state, input, this.nowMicros, this.policy);
    this.state = step.state;
    this.deadlineMicros = step.nextDeadlineMicros;
    for (const effect of step.effects) {
      if (effect.type !== "notify") continue;
      this.ids.push(effect.id);
      this.#underWay.push(effect.id);
    }
    return step.effects.map(briefEffect);
  }

  /** Time goes by, and every step that is due is taken at its time. */
  pass(seconds: number): string[] {
    const end = this.nowMicros + seconds * microsPerSecond;
    const told: string[] = [];
    for (let due = this.deadlineMicros; due !== null && due <= end; due = this.deadlineMicros) {
      this.nowMicros = due;
      told.push(...this.take({ kind: "clock" }));
    }
    this.nowMicros = end;
    told.push(...this.take({ kind: "clock" }));
    return told;
  }

  /** Channels have taken everything that is under way. */
  sent(): string[] {
    return this.#answer("sent", "");
  }

  /** Channels refuse everything that is under way, or take it back. */
  failed(text = "It fails."): string[] {
    return this.#answer("failed", text);
  }

  /** Makes a channel known to fail. */
  breakChannel(name: string): void {
    const { attemptsMax } = this.policy.delivery;
    this.state = { ...this.state, channels: [{ name, failures: attemptsMax, standing: "trouble" }] };
  }

  /** The state comes back from the disk after so long. */
  crash(seconds: number): void {
    this.state = JSON.parse(JSON.stringify(this.state)) as EscalationState;
    this.#underWay = [];
    this.nowMicros += seconds * microsPerSecond;
  }

  setClockBack(seconds: number): void {
    this.nowMicros -= seconds * microsPerSecond;
    this.take({ kind: "clock" });
  }

  #answer(outcome: "sent" | "failed", text: string): string[] {
    const ids = this.#underWay;
    this.#underWay = outcome === "sent" ? ids : [];
    const told = ids.flatMap((id) => this.take({ kind: "receipt", id, outcome, text }));
    if (outcome === "sent") this.#underWay = [...new Set(ids)].slice(-1);
    return told;
  }
}

function briefEffect(effect: EscalationEffect): string {
  if (effect.type === "notify") return `${effect.kind} ${effect.contact} ${effect.channel}`;
  return `${effect.active ? "trouble" : "works"} ${effect.channel}`;
}
