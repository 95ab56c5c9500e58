import { type EdgeCondition, measureOutputs, type OutputTimes, outputMsMax, quantile } from "./edge.ts";

/** Alarms of a run: with fewer than a hundred the largest stands for the 99th of a hundred. */
const decisionsOfRun = { short: 20, full: 100 } as const;

const conditions: readonly EdgeCondition[] = [
  { name: "broker dead", link: "works", disk: "works", download: "none" },
  { name: "and link process stopped (SIGSTOP)", link: "stopped", disk: "works", download: "none" },
  { name: "broker dead, disk full", link: "works", disk: "full", download: "none" },
  { name: "broker dead, 100 MB downloads", link: "works", disk: "works", download: "going on" },
  { name: "all at once, link process stopped", link: "stopped", disk: "full", download: "going on" },
];

/** Prints how soon the relay follows its picture whatever goes wrong around it; true when the promise was kept. */
export async function reportEdge(size: keyof typeof decisionsOfRun): Promise<boolean> {
  console.log("\nmilliseconds from a picture handed over by its thread to the relay's line");
  row("", ["count", "p50", "p95", "p99", "max"]);
  let isKept = true;
  for (const condition of conditions) {
    const times = await measureOutputs(condition, decisionsOfRun[size]);
    if ("absent" in times) {
      console.log(`  ${condition.name}: skipped, ${times.absent}`);
      continue;
    }
    printTimes(condition.name, times);
    isKept &&= quantile(times.decisionsMs, 0.99) <= outputMsMax;
  }
  console.log(
    `  The promise is ${outputMsMax} ms for 99 of 100 alarms, on a machine that does nothing else: ${isKept ? "kept" : "BROKEN"}.`,
  );
  return isKept;
}

function printTimes(name: string, times: OutputTimes): void {
  const quantiles = (values: readonly number[]): readonly string[] => [
    String(values.length),
    ...[0.5, 0.95, 0.99, 1].map((share) => quantile(values, share).toFixed(2)),
  ];
  row(`${name}: alarms`, quantiles(times.decisionsMs));
  row("  CPU time of the deciding thread for it", quantiles(times.decisionsCpuMs));
  row("  every picture, to the end of judging it", quantiles(times.framesMs));
  const { cpuMsPerFrame, downloadMegabytesPerSecond } = times;
  const download =
    downloadMegabytesPerSecond === null ? "" : `; downloaded ${downloadMegabytesPerSecond.toFixed(0)} MB/s`;
  console.log(`    CPU time a picture, making it included: ${cpuMsPerFrame.toFixed(2)} ms${download}`);
}

function row(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(46)}${cells.map((cell) => cell.padStart(9)).join("")}`);
}
