import type { Cancel, Clock } from "./time.ts";

interface Alarm {
  readonly id: number;
  readonly periodMs: number | null;
  readonly callback: () => void;
  dueMs: number;
}

/** A clock that moves only when told to: timers fire in the order in which they are due, then in which they were set. */
export class SimulatedClock implements Clock {
  #wallMicros: number;
  #monotonicMs = 0;
  #nextId = 1;
  readonly #alarms = new Map<number, Alarm>();

  constructor(startMicros: number) {
    this.#wallMicros = startMicros;
  }

  nowMicros(): number {
    return this.#wallMicros;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#set({ delayMs, periodMs: null, callback });
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#set({ delayMs: periodMs, periodMs, callback });
  }

  /** Lets time pass and fires what falls due, each at its own time. */
  advanceMs(ms: number): void {
    const endMs = this.#monotonicMs + ms;
    for (let alarm = this.#nextDue(endMs); alarm !== null; alarm = this.#nextDue(endMs)) {
      this.#moveTo(Math.max(alarm.dueMs, this.#monotonicMs));
      if (alarm.periodMs === null) this.#alarms.delete(alarm.id);
      else alarm.dueMs += alarm.periodMs;
      alarm.callback();
    }
    this.#moveTo(endMs);
  }

  /** Sets the wall clock as an operator or NTP does; monotonic time and timers do not notice. */
  setWallMicros(micros: number): void {
    this.#wallMicros = micros;
  }

  /** Milliseconds until the next timer fires; null when none is set. */
  get msToNextTimer(): number | null {
    const next = this.#nextDue(Number.POSITIVE_INFINITY);
    return next === null ? null : Math.max(0, next.dueMs - this.#monotonicMs);
  }

  /** How many timers are set: a stopped thing leaves none. */
  get timersSet(): number {
    return this.#alarms.size;
  }

  #set(options: { delayMs: number; periodMs: number | null; callback: () => void }): Cancel {
    const id = this.#nextId;
    this.#nextId += 1;
    const { periodMs, callback } = options;
    this.#alarms.set(id, { id, periodMs, callback, dueMs: this.#monotonicMs + options.delayMs });
    return () => {
      this.#alarms.delete(id);
    };
  }

  #nextDue(endMs: number): Alarm | null {
    let next: Alarm | null = null;
    for (const alarm of this.#alarms.values()) {
      if (alarm.dueMs <= endMs && (next === null || alarm.dueMs < next.dueMs)) next = alarm;
    }
    return next;
  }

  #moveTo(ms: number): void {
    this.#wallMicros += Math.round((ms - this.#monotonicMs) * 1_000);
    this.#monotonicMs = ms;
  }
}
