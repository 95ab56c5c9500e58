/** What one pass costs per frame, in seconds. */
export interface FrameCost {
  readonly wallSeconds: number;
  /** User and system time of the process. */
  readonly cpuSeconds: number;
}

/** How often something is measured. */
export interface RunPlan {
  readonly runs: number;
  /** Passes before the first that counts, so that the compiler has seen the code. */
  readonly warmUpRuns: number;
}

/** Middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}

/** Median cost per frame of several passes; `pass` handles all frames and returns how many they were. */
export function measureRuns(pass: () => number, { runs, warmUpRuns }: RunPlan): FrameCost {
  for (let i = 0; i < warmUpRuns; i += 1) pass();
  const wallSeconds: number[] = [];
  const cpuSeconds: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const wallStart = process.hrtime.bigint();
    const cpuStart = process.cpuUsage();
    const frames = pass();
    const cpu = process.cpuUsage(cpuStart);
    wallSeconds.push(Number(process.hrtime.bigint() - wallStart) / 1e9 / frames);
    cpuSeconds.push((cpu.user + cpu.system) / 1e6 / frames);
  }
  return { wallSeconds: median(wallSeconds), cpuSeconds: median(cpuSeconds) };
}
