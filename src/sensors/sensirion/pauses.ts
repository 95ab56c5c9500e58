import type { Cancel, Clock } from "#core/time.ts";

/** Thrown out of a pause when everything is stopped; caught by whoever runs the loop, shown to nobody. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

/** Pauses that end early, by throwing `Stopped`, when their owner stops. */
export class Pauses {
  readonly #clock: Clock;
  readonly #running = new Set<{ readonly cancel: Cancel; readonly reject: (error: Stopped) => void }>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits; throws `Stopped`. Nothing to wait for passes at once. */
  wait(ms: number): Promise<void> {
    if (this.#stopped) return Promise.reject(new Stopped());
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ms, () => {
        this.#running.delete(pause);
        resolve();
      });
      const pause = { cancel, reject };
      this.#running.add(pause);
    });
  }

  /** Ends all pauses, now and from now on. */
  stop(): void {
    this.#stopped = true;
    for (const { cancel, reject } of this.#running) {
      cancel();
      reject(new Stopped());
    }
    this.#running.clear();
  }
}
