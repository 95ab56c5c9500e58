import type { Clock } from "#core/time.ts";

/** A page that has not repeated its wish by then is no longer watching. */
export const watchLapsesAfterMs = 20_000;
/** How long a device sends pictures for one request; asked again well before that. */
export const deviceLeaseSeconds = 15;

interface Wish {
  readonly devices: ReadonlySet<string>;
  readonly untilMs: number;
}

/** Which page wants to see which device, and for how long it has said so. */
export class WatchLeases<Page> {
  readonly #clock: Clock;
  readonly #wishes = new Map<Page, Wish>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A page says which devices it wants to see from now on; an empty list ends its watching. */
  wish(page: Page, devices: readonly string[]): void {
    if (devices.length === 0) this.#wishes.delete(page);
    else {
      const untilMs = this.#clock.monotonicMs() + watchLapsesAfterMs;
      this.#wishes.set(page, { devices: new Set(devices), untilMs });
    }
  }

  /** A page has gone. */
  forget(page: Page): void {
    this.#wishes.delete(page);
  }

  /** True while this page watches this device. */
  watches(page: Page, device: string): boolean {
    const wish = this.#wishes.get(page);
    return wish !== undefined && wish.untilMs > this.#clock.monotonicMs() && wish.devices.has(device);
  }

  /** The devices that at least one page watches; lapsed wishes are forgotten. */
  watchedDevices(): Set<string> {
    const watched = new Set<string>();
    for (const [page, wish] of this.#wishes) {
      if (wish.untilMs <= this.#clock.monotonicMs()) this.#wishes.delete(page);
      else for (const device of wish.devices) watched.add(device);
    }
    return watched;
  }
}
