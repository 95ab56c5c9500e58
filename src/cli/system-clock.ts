import { type Cancel, type Clock, microsPerMillisecond } from "#core/time.ts";

/** The machine's own clock and timers: the one place where the program meets real time. */
export const systemClock: Clock = {
  nowMicros: () => Date.now() * microsPerMillisecond,
  monotonicMs: () => performance.now(),
  after(delayMs, callback): Cancel {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, callback): Cancel {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
};
