/** Times and counters of a Lepton's telemetry have 32 bits: its milliseconds begin anew after 49.7 days. */
const wrap = 2 ** 32;

/** By how much a 32-bit counter has gone on, 0 to 2³² - 1: one that began anew in between has not gone back. */
export function counterDifference(between: { readonly before: number; readonly now: number }): number {
  return (between.now - between.before) >>> 0;
}

/**
 * Milliseconds since a moment of a camera's uptime. A moment in the upper half of the counter, told by an uptime in the
 * lower one, was before the counter began anew; null for a moment that is still to come, of which nothing is known.
 */
export function uptimeSinceMs(of: { readonly momentMs: number; readonly uptimeMs: number }): number | null {
  const { momentMs, uptimeMs } = of;
  if (momentMs <= uptimeMs) return uptimeMs - momentMs;
  const sinceMs = uptimeMs + wrap - momentMs;
  return sinceMs < wrap / 2 ? sinceMs : null;
}
