import { machineFault } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** Waiting that ends at once, with a `Failure` "lepton-stopped", when its owner stops; leaves no timer behind. */
export class StoppableWait {
  readonly #clock: Clock;
  readonly #waiting = new Map<Cancel, (reason: Error) => void>();
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True once the owner has stopped. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Waits. Throws `Failure` "lepton-stopped". */
  async ms(delayMs: number): Promise<void> {
    if (this.#isStopped) throw stopped();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(delayMs, () => {
      this.#waiting.delete(cancel);
      resolve();
    });
    this.#waiting.set(cancel, reject);
    await promise;
  }

  /** Ends every wait; later ones end at once. */
  stop(): void {
    this.#isStopped = true;
    for (const [cancel, reject] of this.#waiting) {
      cancel();
      reject(stopped());
    }
    this.#waiting.clear();
  }
}

function stopped(): Error {
  return machineFault("lepton-stopped", "The thermal camera has been stopped: start it again to use it.");
}
