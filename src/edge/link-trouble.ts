import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { Cancel, Clock } from "#core/time.ts";

/** A link that is not there for so long is trouble. */
const linkDownAfterMs = 5_000;

/** What is to be told of the link to the hub. */
export interface LinkTroubleOptions {
  readonly clock: Clock;
  readonly onTrouble: (trouble: { code: TroubleCode; active: boolean; text: string }) => void;
  /** Told once at the beginning of each time without the hub, with the cause. */
  readonly onAway: (cause: string) => void;
}

/** Tells TROUBLE while the hub cannot be reached, but not of a short break. */
export class LinkTrouble {
  readonly #options: LinkTroubleOptions;
  #cancel: Cancel | null = null;
  #isAway = false;

  constructor(options: LinkTroubleOptions) {
    this.#options = options;
  }

  /** The link is not there and should come. */
  expect(): void {
    this.#cancel ??= this.#options.clock.after(linkDownAfterMs, () => {
      const text = "The hub cannot be reached; this device goes on deciding by itself.";
      this.#options.onTrouble({ code: "link-down", active: true, text });
    });
  }

  /** The link is there. */
  up(): void {
    this.stop();
    this.#isAway = false;
    this.#options.onTrouble({ code: "link-down", active: false, text: "The hub can be reached again." });
  }

  /** A connection ended, or an attempt to make one failed. */
  down(cause: string): void {
    if (!this.#isAway) this.#options.onAway(cause);
    this.#isAway = true;
    this.expect();
  }

  /** Tells nothing more of a link that is missing. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
