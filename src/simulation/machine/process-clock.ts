import type { Cancel, Clock } from "#core/time.ts";

/** The clock of one simulated process: when it is killed its timers are gone, and while it is stopped they wait. */
export class ProcessClock implements Clock {
  readonly #base: Clock;
  readonly #timers = new Set<Cancel>();
  readonly #waiting: (() => void)[] = [];
  #state: "runs" | "stopped" | "killed" = "runs";

  constructor(base: Clock) {
    this.#base = base;
  }

  /** False once it was killed: whatever of the process is still reached must do nothing. */
  get alive(): boolean {
    return this.#state !== "killed";
  }

  nowMicros(): number {
    return this.#base.nowMicros();
  }

  monotonicMs(): number {
    return this.#base.monotonicMs();
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#keep((fire) => {
      const cancel = this.#base.after(delayMs, () => {
        this.#timers.delete(cancel);
        fire();
      });
      return cancel;
    }, callback);
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#keep((fire) => this.#base.every(periodMs, fire), callback);
  }

  /** Does this now, or when the process goes on; never when it was killed. */
  run(callback: () => void): void {
    if (this.#state === "runs") callback();
    else if (this.#state === "stopped") this.#waiting.push(callback);
  }

  /** As SIGSTOP does. */
  stop(): void {
    if (this.#state === "runs") this.#state = "stopped";
  }

  /** As SIGCONT does: what fell due meanwhile comes at once. */
  goOn(): void {
    if (this.#state !== "stopped") return;
    this.#state = "runs";
    for (const callback of this.#waiting.splice(0)) this.run(callback);
  }

  /** As SIGKILL does: nothing of it ever runs again. */
  kill(): void {
    this.#state = "killed";
    this.#waiting.length = 0;
    for (const cancel of [...this.#timers]) cancel();
    this.#timers.clear();
  }

  #keep(set: (fire: () => void) => Cancel, callback: () => void): Cancel {
    if (this.#state === "killed") return () => {};
    let isCancelled = false;
    const cancel = set(() => {
      this.run(() => {
        if (!isCancelled) callback();
      });
    });
    this.#timers.add(cancel);
    return () => {
      isCancelled = true;
      this.#timers.delete(cancel);
      cancel();
    };
  }
}
