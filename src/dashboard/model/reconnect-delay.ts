const firstDelayMs = 500;
const delayMaxMs = 15_000;

/**
 * How long to wait before the next try to reach the hub: doubles from half a second to 15 s. `chance` (0–1) spreads
 * the pages of a building, so that they do not all come back in the same instant.
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const full = Math.min(delayMaxMs, firstDelayMs * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.75 + 0.25 * chance));
}
