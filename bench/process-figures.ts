import { readFileSync } from "node:fs";

/** Ticks of a second in /proc/PID/stat: 100 on every Linux that Node runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/** What a process takes now. Memory in MiB, CPU in seconds since its start. */
export interface ProcessFigures {
  /** Pages that it touches, those that others share in full. */
  readonly rssMiB: number;
  /** The same with each shared page divided among all processes of the machine that share it. */
  readonly pssMiB: number;
  /** Pages of no file: its own. */
  readonly ownMiB: number;
  readonly cpuSeconds: number;
}

/** Reads a process of this machine (Linux); throws where it has ended. */
export function processFigures(pid: number): ProcessFigures {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const mebibytes = (key: string): number =>
    Number(new RegExp(`^${key}: +(\\d+) kB$`, "m").exec(rollup)?.[1]) / 1024;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name, which may hold anything but ends with the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    rssMiB: mebibytes("Rss"),
    pssMiB: mebibytes("Pss"),
    ownMiB: mebibytes("Anonymous"),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  };
}

/**
 * What processes of one program take together with pages of files counted once: the program's text is what they share.
 * On a machine that runs nothing else of it this is the sum of their PSS.
 */
export function togetherMiB(processes: readonly ProcessFigures[]): number {
  const own = processes.reduce((sum, { ownMiB }) => sum + ownMiB, 0);
  return own + Math.max(...processes.map(({ rssMiB, ownMiB }) => rssMiB - ownMiB));
}
