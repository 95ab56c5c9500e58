import { type FileHandle, open } from "node:fs/promises";
import { badInput } from "#core/failure.ts";
import { type McapFindings, mcapEntries } from "./mcap-entries.ts";
import { calibratedFrame } from "./pixel-units.ts";
import { openFailure } from "./read-file-bytes.ts";
import type { RadiometricCalibration, Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** Entries looked at when a large file is opened; smaller files are read whole and checked. */
const entriesLookedAt = 2_000;

/** Files up to this size are checked whole when opened, so that one that is mostly damaged is refused at once. */
const checkedWholeBytesMax = 64 * 1024 * 1024;

/**
 * Opens one of our MCAP files. Throws Failure("input") when it holds none of our entries, or fewer than half of what is
 * known to be in it can be read (files above 64 MiB are judged by their beginning).
 */
export async function openMcap(path: string, calibration: RadiometricCalibration | null): Promise<Recording> {
  const file = await openFile(path);
  const overview = await overviewOf(file).finally(() => file.close());
  refuse(path, overview);
  const { width, height, unit } = overview;
  return {
    path,
    format: "mcap",
    width,
    height,
    unit: unit === null || calibration === null ? unit : "centikelvin",
    hasAir: overview.airSamples > 0,
    hasTicks: overview.ticks > 0,
    async *entries() {
      const again = await openFile(path);
      try {
        for await (const entry of mcapEntries(again, { foreignMessages: 0, closed: false }))
          yield entry.kind === "thermal" && calibration !== null
            ? { ...entry, frame: calibratedFrame(entry.frame, calibration) }
            : entry;
      } finally {
        await again.close();
      }
    },
  };
}

interface Overview extends McapFindings {
  readable: number;
  lost: number;
  ticks: number;
  airSamples: number;
  width: number | null;
  height: number | null;
  unit: Recording["unit"];
}

async function overviewOf(file: FileHandle): Promise<Overview> {
  const { size } = await file.stat();
  const overview: Overview = {
    foreignMessages: 0,
    closed: false,
    readable: 0,
    lost: 0,
    ticks: 0,
    airSamples: 0,
    width: null,
    height: null,
    unit: null,
  };
  let seen = 0;
  for await (const entry of mcapEntries(file, overview)) {
    take(overview, entry);
    seen += 1;
    if (size > checkedWholeBytesMax && seen === entriesLookedAt) break;
  }
  return overview;
}

function take(overview: Overview, entry: RecordingEntry): void {
  if (entry.kind === "damage") {
    overview.lost += entry.lost;
    return;
  }
  overview.readable += 1;
  if (entry.kind === "tick") overview.ticks += 1;
  if (entry.kind === "air") overview.airSamples += 1;
  if (entry.kind !== "thermal" || overview.unit === "centikelvin") return;
  overview.width = entry.frame.width;
  overview.height = entry.frame.height;
  overview.unit = entry.frame.unit;
}

function refuse(path: string, overview: Overview): void {
  const { readable, lost, foreignMessages } = overview;
  if (readable === 0 && lost === 0 && foreignMessages > 0)
    throw badInput(
      "recording-unsupported",
      `${path} is an MCAP file without Emberwatch's topics: only recordings of Emberwatch itself can be read.`,
    );
  if (readable > 0 && readable >= lost) return;
  throw badInput(
    "recording-damaged",
    `${path} is damaged: ${readable} of at least ${readable + lost} entries can be read; copy it again.`,
  );
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, "r").catch((error: unknown) => {
    throw openFailure(path, error);
  });
}
