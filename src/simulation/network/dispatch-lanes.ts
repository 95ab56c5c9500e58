import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";

/** What a broker does with the order of messages beyond what MQTT promises. */
export interface Reordering {
  /** How probable it is that a lane is held up, for up to so long, while others go on. */
  readonly heldShare: number;
  readonly heldMsMax: number;
  /** How probable it is that a delivery comes a second time, up to so much later. */
  readonly lateShare: number;
  readonly lateMsMax: number;
}

/**
 * What a broker has taken and not handed on yet, of one connection in one direction. MQTT 3.1.1 (section 4.6) promises
 * order within a topic and QoS, here a lane; what is in different lanes may overtake each other.
 */
export class DispatchLanes {
  readonly #clock: Clock;
  readonly #random: Random;
  /** Lanes that are held up, with what waits in each. */
  readonly #held = new Map<string, (() => void)[]>();

  /** `clock` is that of the broker's process: what waits dies with it. */
  constructor(options: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** Hands something on now, or when its lane goes on. Throws what `dispatch` throws when that is now. */
  push(lane: string, reordering: Reordering | null, dispatch: () => void): void {
    const waiting = this.#held.get(lane);
    if (waiting !== undefined) {
      waiting.push(dispatch);
      return;
    }
    if (reordering === null || this.#random.uniform() >= reordering.heldShare) {
      dispatch();
      return;
    }
    this.#held.set(lane, [dispatch]);
    this.#clock.after(this.#random.between(0, reordering.heldMsMax), () => this.#goOn(lane));
  }

  /** What waits in a lane is forgotten. */
  drop(lane: string): void {
    this.#held.get(lane)?.splice(0);
  }

  #goOn(lane: string): void {
    const waiting = this.#held.get(lane) ?? [];
    this.#held.delete(lane);
    while (waiting.length > 0) waiting.shift()!();
  }
}
