import type { Cancel, Clock } from "#core/time.ts";

/** The browser's clock and timers. */
export class BrowserClock implements Clock {
  nowMicros(): number {
    return Date.now() * 1_000;
  }

  monotonicMs(): number {
    return performance.now();
  }

  after(delayMs: number, callback: () => void): Cancel {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }

  every(periodMs: number, callback: () => void): Cancel {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  }
}
