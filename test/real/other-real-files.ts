import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { replayRecordings } from "#cli/replay-recordings.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { Failure } from "#core/failure.ts";
import { openAirCsv } from "#recording/open-recording.ts";
import type { Recording } from "#recording/recording.ts";
import { realClips } from "./real-clips.ts";

/** What became of the files of one folder that are in no row of the table. */
export interface FolderTally {
  readonly folder: string;
  /** Files with CO2 that were replayed, and in how many of them CO2 gave a prealarm. */
  readonly replayed: number;
  readonly prealarms: number;
  /** Files in which CO2 alone raised FIRE: there may be none. */
  readonly alarms: readonly string[];
  /** Files refused in one sentence, by the code of the refusal: no CO2 in them, or several columns of it. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Where a file has several CO2 columns, the one in the room of the fire, by folder. */
const columnOf: Readonly<Record<string, string>> = { "fire-nist-compartments/DelCo_Trainers": "CO2_A" };

/** Tries every further CSV below the real recordings as air readings: replayed, or refused by name, never a crash. */
export async function otherRealFiles(
  root: string,
  scorer: SecondScorer | null,
): Promise<readonly FolderTally[]> {
  const known = new Set(realClips.map((clip) => join(clip.folder, clip.file)));
  const paths = globSync("**/*.csv", { cwd: root }).filter(
    (path) => !known.has(path) && !path.endsWith("_Events.csv"),
  );
  const folders = Map.groupBy(paths.sort(), (path) => dirname(path));
  const tallies: FolderTally[] = [];
  for (const [folder, files] of folders) tallies.push(await tallyOf({ root, folder, files, scorer }));
  return tallies;
}

async function tallyOf(of: {
  readonly root: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly scorer: SecondScorer | null;
}): Promise<FolderTally> {
  const refused = new Map<string, number>();
  const alarms: string[] = [];
  let replayed = 0;
  let prealarms = 0;
  for (const file of of.files) {
    const opened = await openOrRefusal(join(of.root, file), columnOf[of.folder]);
    if (typeof opened === "string") {
      refused.set(opened, (refused.get(opened) ?? 0) + 1);
      continue;
    }
    const sink = { onEvent: () => {}, onSecond: () => {}, onProgress: () => {} };
    const summary = await replayRecordings(
      { recordings: [opened], loopSeconds: null, badPixels: "off", scorer: of.scorer },
      sink,
    );
    replayed += 1;
    if (summary.firstPrealarmAtSeconds !== null) prealarms += 1;
    if (summary.firstAlarmAtSeconds !== null) alarms.push(file);
  }
  return { folder: of.folder, replayed, prealarms, alarms, refused };
}

async function openOrRefusal(path: string, co2Column: string | undefined): Promise<Recording | string> {
  try {
    return await openAirCsv(path, co2Column === undefined ? {} : { co2Column });
  } catch (error) {
    if (error instanceof Failure && error.side === "input") return error.code;
    throw error;
  }
}
