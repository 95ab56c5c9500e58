import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchClip } from "./bench-clips.ts";
import { type FrameCost, median } from "./measure-runs.ts";

const python = "/usr/bin/python3";

/** What the peer computes: the ten features alone, or with one of OpenCV's dense optical flows. */
export type PeerWork = "features" | "farneback" | "dis";

/** What the peer measured on one clip. */
export interface PeerResult {
  readonly versions: { readonly numpy: string; readonly opencv: string; readonly python: string };
  readonly costs: Readonly<Record<PeerWork, FrameCost>>;
  /** The ten features of every picture but the first. */
  readonly values: readonly (readonly number[])[];
}

interface PeerOutput {
  readonly versions: PeerResult["versions"];
  readonly timings: Record<PeerWork, { wallSeconds: number[]; cpuSeconds: number[] }>;
  readonly values: number[][];
}

/** Why there is no peer on this machine; null when there is one. */
export function peerAbsence(): string | null {
  const { status } = spawnSync(python, ["-c", "import numpy, cv2"], { stdio: "ignore" });
  return status === 0
    ? null
    : `${python} with NumPy and OpenCV absent: apt-get install python3-numpy python3-opencv`;
}

/** Lets NumPy and OpenCV do the same work on the same frames, on one thread. */
export function measurePeer({ frames }: BenchClip, { runs }: { readonly runs: number }): PeerResult {
  const folder = mkdtempSync(join(tmpdir(), "emberwatch-bench-"));
  try {
    const path = join(folder, "frames.bin");
    writeFileSync(
      path,
      Buffer.concat(frames.map(({ pixels }) => new Uint8Array(Uint16Array.from(pixels).buffer))),
    );
    const { width, height } = frames[0]!;
    const script = join(import.meta.dirname, "peer-features.py");
    const output = execFileSync(python, [script, path, String(width), String(height), String(runs)], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
      maxBuffer: 2 ** 28,
    });
    const { versions, timings, values } = JSON.parse(output) as PeerOutput;
    const costOf = (work: PeerWork): FrameCost => ({
      wallSeconds: median(timings[work].wallSeconds),
      cpuSeconds: median(timings[work].cpuSeconds),
    });
    const costs = { features: costOf("features"), farneback: costOf("farneback"), dis: costOf("dis") };
    return { versions, costs, values };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
