import { linearTrend, meansByUnit } from "./linear-trend.ts";
import { type ProcessFigures, togetherMiB } from "./process-figures.ts";
import { type Soak, type SoakSample, soak } from "./soak.ts";
import { tellReady } from "./start-report.ts";

/** Promises of a device: memory of both processes, and CPU time of both as a share of one core. */
export const soakLimits = { togetherMiB: 150, coreShare: 0.15 } as const;
/** Until then programs are loaded and compiled, and the minute in memory fills. */
const warmUpMinutesMax = 5;
/** Of a short run this share. */
const warmUpShare = 1 / 3;

/** Prints how a device's processes grow and work over so many minutes; true when every promise was kept. */
export async function reportSoak(minutes: number): Promise<boolean> {
  console.log(
    `\nthe device's package in real time for ${minutes} min: an emulated Lepton and SCD41 and the hub in other processes`,
  );
  row(["minutes", "", "RSS MiB", "PSS MiB", "own MiB", "CPU %", "pictures/s"]);
  let printed = -1;
  let last: SoakSample | null = null;
  const run = await soak(minutes, (sample) => {
    if (Math.floor(sample.minutes) > printed) printSample(sample, last);
    if (Math.floor(sample.minutes) > printed) last = sample;
    printed = Math.max(printed, Math.floor(sample.minutes));
  });
  return verdicts(run, minutes);
}

function printSample(sample: SoakSample, before: SoakSample | null): void {
  const line = (name: "alarm" | "link", first: readonly string[], pictures: string): void => {
    const { rssMiB, pssMiB, ownMiB } = sample[name];
    const cpu = before === null ? "" : (100 * coreShare(before, sample, [name])).toFixed(1);
    row(
      [...first, name, ...[rssMiB, pssMiB, ownMiB].map((value) => value.toFixed(1)), cpu, pictures].slice(-7),
    );
  };
  line("alarm", [sample.minutes.toFixed(1)], sample.framesPerSecond.toFixed(1));
  line("link", [""], "");
}

function row(cells: readonly string[]): void {
  console.log(`  ${cells.map((cell) => cell.padStart(11)).join("")}`);
}

function coreShare(from: SoakSample, to: SoakSample, names: readonly ("alarm" | "link")[]): number {
  const spent = names.reduce((sum, name) => sum + to[name].cpuSeconds - from[name].cpuSeconds, 0);
  return spent / ((to.minutes - from.minutes) * 60);
}

function verdicts({ readyMs, samples }: Soak, minutes: number): boolean {
  const warmUp = Math.min(warmUpMinutesMax, minutes * warmUpShare);
  const warm = samples.filter((sample) => sample.minutes >= warmUp);
  const [first, last] = [warm[0], warm.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    console.log("  Too short to say anything.");
    return false;
  }
  const most = (figure: (sample: SoakSample) => number): number => Math.max(...warm.map(figure));
  const both = ({ alarm, link }: SoakSample): readonly ProcessFigures[] => [alarm, link];
  const together = most((sample) => togetherMiB(both(sample)));
  const rss = most(({ alarm, link }) => alarm.rssMiB + link.rssMiB);
  const pss = most(({ alarm, link }) => alarm.pssMiB + link.pssMiB);
  const share = coreShare(first, last, ["alarm", "link"]);
  const pictures = warm.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0) / warm.length;
  console.log(`\n  after ${warmUp.toFixed(1)} min of warming up:`);
  console.log(`  most of both, pages they share counted once: ${together.toFixed(1)} MiB`);
  console.log(`  (RSS of both added: ${rss.toFixed(1)} MiB; PSS of both added: ${pss.toFixed(1)} MiB)`);
  const isFlat = tellTrend(warm);
  console.log(
    `  CPU time of both: ${(100 * share).toFixed(1)} % of one core at ${pictures.toFixed(2)} pictures/s`,
  );
  const told = (kept: boolean, what: string): boolean => {
    console.log(`  ${kept ? "kept  " : "BROKEN"}  ${what}`);
    return kept;
  };
  return [
    told(together <= soakLimits.togetherMiB, `under ${soakLimits.togetherMiB} MiB`),
    told(isFlat, "memory does not grow"),
    told(share <= soakLimits.coreShare, `under ${100 * soakLimits.coreShare} % of one core`),
    tellReady(readyMs, "ready, with nothing compiled yet,"),
  ].every((kept) => kept);
}

/** True unless what both own surely grows. */
function tellTrend(warm: readonly SoakSample[]): boolean {
  const points = warm.map(({ minutes: x, alarm, link }) => ({ x, y: alarm.ownMiB + link.ownMiB }));
  const trend = linearTrend(meansByUnit(points));
  if (trend === null) {
    console.log("  growth: too few minutes to say");
    return false;
  }
  const [slope, low, high] = [trend.slope, trend.low, trend.high].map((value) => (60 * value).toFixed(1));
  console.log(`  growth of what they own: ${slope} MiB an hour, 95 % confidence ${low} to ${high}`);
  return trend.low <= 0;
}
