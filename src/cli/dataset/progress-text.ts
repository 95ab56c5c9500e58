const barCells = 20;

/**
 * How far the rendering has come: a bar, rows, rows a second of this run, and the time left at that rate. What an
 * earlier run has left counts as done, not as fast.
 */
export function progressText(at: {
  readonly rows: number;
  readonly resumedRows: number;
  readonly samples: number;
  readonly elapsedMs: number;
}): string {
  const share = Math.min(1, at.rows / at.samples);
  const filled = Math.round(share * barCells);
  const bar = `[${"#".repeat(filled)}${".".repeat(barCells - filled)}]`;
  const done = at.rows - at.resumedRows;
  const count = `${bar} ${at.rows} of ${at.samples} rows`;
  if (done <= 0 || at.elapsedMs <= 0) return `${count}, no rate before the first whole episode`;
  const rate = (1000 * done) / at.elapsedMs;
  const leftSeconds = Math.max(0, at.samples - at.rows) / rate;
  return `${count}, ${Math.round(rate)} rows/s, ${timeText(leftSeconds)} left`;
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
