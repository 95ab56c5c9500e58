import { eventSequence } from "#core/device-event.ts";
import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import type { Clock } from "#core/time.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import type { Notification } from "./notification-channel.ts";

/** Events that are remembered as told; beyond it the oldest is forgotten, and told again when it comes again. */
export const unkeptToldMax = 1_000;

/** What telling alarms from memory stands on. */
export interface UnkeptAlarmsOptions {
  readonly clock: Clock;
  readonly policy: EscalationPolicy | null;
  readonly nameOf: (source: string) => string;
  readonly send: (notification: Notification) => void;
  readonly log: (line: string) => void;
}

/**
 * Tells of alarms that the disk refuses. There is no incident and no ladder without a disk, so everybody is told by every
 * channel, and again after the ladder's repetition for as long as the device sends the event again.
 */
export class UnkeptAlarms {
  readonly #options: UnkeptAlarmsOptions;
  /** When an event was told, by source and id. */
  readonly #toldMs = new Map<string, number>();

  constructor(options: UnkeptAlarmsOptions) {
    this.#options = options;
  }

  /** Tells of an event that calls people, unless it was told a moment ago. */
  tell(source: string, { id, event }: EventMessage): void {
    const { clock, policy, nameOf, send, log } = this.#options;
    if (policy === null) return;
    const key = `${source} ${id}`;
    const nowMs = clock.monotonicMs();
    const toldMs = this.#toldMs.get(key);
    if (toldMs !== undefined && nowMs - toldMs < policy.alarm.repeatSeconds * 1_000) return;
    this.#toldMs.delete(key);
    this.#toldMs.set(key, nowMs);
    const [oldest] = this.#toldMs.keys();
    if (this.#toldMs.size > unkeptToldMax && oldest !== undefined) this.#toldMs.delete(oldest);
    log(`${source} calls people, and the disk refuses to keep it: everybody is told from memory`);
    const title = `ALARM: ${nameOf(source)}`;
    const text = `${nameOf(source)} calls people (event ${eventSequence(event)}). The hub's disk is full or fails, so that it cannot keep the alarm: look there, and free the disk.`;
    for (const { name: contact, channels } of policy.contacts)
      for (const channel of channels) {
        const to = { contact, channel, kind: "alarm", attempt: 1, incident: null, path: null } as const;
        const name = [source, id, contact, channel, Math.floor(nowMs)].map((part) =>
          encodeURIComponent(part),
        );
        send({ ...to, id: `unkept/${name.join("/")}`, title, text, atMicros: clock.nowMicros() });
      }
  }
}
