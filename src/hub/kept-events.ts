import { callsPeople } from "#core/alarm/alarm-event-types.ts";
import type { EventMessage } from "#wire/device-messages.ts";

/** Events that wait in memory while the disk refuses; beyond it the oldest go that call nobody, and the log says so. */
export const waitingEventsMax = 1_000;

/** Events of zones on their way to the store: what it refuses is tried again, in order. */
export class KeptEvents {
  readonly #keep: (zone: string, message: EventMessage) => void;
  readonly #log: (line: string) => void;
  #waiting: { readonly zone: string; readonly message: EventMessage }[] = [];

  constructor(keep: (zone: string, message: EventMessage) => void, log: (line: string) => void) {
    this.#keep = keep;
    this.#log = log;
  }

  /** Keeps an event now, or as soon as the store takes it. */
  add(zone: string, message: EventMessage): void {
    this.#waiting.push({ zone, message });
    if (this.#waiting.length > waitingEventsMax) {
      // Whatever calls people stays, however many there are: people and fires make few of them.
      const oldest = this.#waiting.findIndex(({ message: { event } }) => !callsPeople(event));
      const [lost] = oldest < 0 ? [] : this.#waiting.splice(oldest, 1);
      if (lost !== undefined)
        this.#log(`an event of the zone ${lost.zone} is lost: the store has refused too many`);
    }
    this.retry();
  }

  /** Tries what the store has refused. */
  retry(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        this.#keep(next.zone, next.message);
        this.#waiting.shift();
      } catch (error) {
        this.#log(
          `an event of the zone ${next.zone} could not be kept, and is tried again: ${String(error)}`,
        );
        return;
      }
    }
  }
}
