import { join } from "node:path";
import { type ReplaySummary, replayRecordings } from "#cli/replay-recordings.ts";
import { textTable } from "#cli/text-table.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { openAirCsv, openRecording } from "#recording/open-recording.ts";
import type { Recording } from "#recording/recording.ts";
import { realRecordingsFolder } from "#support/real-recordings.ts";
import { chosenModel } from "./chosen-model.ts";
import { type FolderTally, otherRealFiles } from "./other-real-files.ts";
import { type RealClip, realClips } from "./real-clips.ts";

/** Clips without a fire are played again and again for this long: a clip of seconds proves little. */
const loopSeconds = 600;

interface Row {
  readonly clip: RealClip;
  readonly recording: Recording;
  readonly once: ReplaySummary;
  readonly looped: ReplaySummary | null;
  readonly troubles: readonly string[];
  readonly faults: readonly string[];
}

const columns = [
  "recording",
  "pictures",
  "air",
  "seconds",
  "radiometric",
  "prealarm",
  "alarm",
  "model",
  "troubles",
  "verdict",
];

async function main(): Promise<number> {
  const folder = realRecordingsFolder();
  if (folder === null) {
    console.log("skipped: the real recordings are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
  const model = await chosenModel("real");
  if (model === null) return 2;
  const { scorer } = model;
  const rows: Row[] = [];
  for (const clip of realClips) {
    rows.push(await replayClip(clip, { path: join(folder, clip.folder, clip.file), scorer }));
    if (process.stderr.isTTY) process.stderr.write(`replayed ${rows.length} of ${realClips.length}\r`);
  }
  for (const line of textTable([columns, ...rows.map(cells)])) console.log(line);
  const others = await otherRealFiles(folder, scorer);
  console.log("\nFurther files, tried as air readings:");
  for (const other of others) console.log(`  ${describeOthers(other)}`);
  const faults = rows.flatMap((row) => row.faults.map((fault) => `${row.clip.file}: ${fault}`));
  for (const { alarms } of others) faults.push(...alarms.map((file) => `${file}: CO2 alone raised FIRE`));
  for (const fault of faults) console.log(fault);
  console.log(`${rows.length - faulty(rows)} passed, ${faulty(rows)} failed`);
  return faults.length === 0 ? 0 : 1;
}

async function replayClip(
  clip: RealClip,
  by: { readonly path: string; readonly scorer: SecondScorer | null },
): Promise<Row> {
  const { path, scorer } = by;
  const recording = clip.kind === "air" ? await openAirCsv(path, clip.airOptions) : await openRecording(path);
  const troubles = new Set<string>();
  const replay = (loop: number | null) =>
    replayRecordings(
      { recordings: [recording], loopSeconds: loop, badPixels: "find", scorer },
      {
        onEvent: (event) => {
          if (event.type === "trouble" && event.active) troubles.add(event.code);
        },
        onSecond: () => {},
        onProgress: () => {},
      },
    );
  const once = await replay(null);
  const looped = clip.kind === "thermal" ? await replay(loopSeconds) : null;
  const faults = [...faultsOf(clip, { once, looped }), ...troubleFaults(clip, troubles)];
  return { clip, recording, once, looped, troubles: [...troubles], faults };
}

function troubleFaults(clip: RealClip, troubles: ReadonlySet<string>): readonly string[] {
  if (clip.troubles === null) return [];
  const missing = clip.troubles.filter((code) => !troubles.has(code));
  const surplus = [...troubles].filter((code) => !clip.troubles?.some((expected) => expected === code));
  return [
    ...missing.map((code) => `trouble ${code} is missing`),
    ...surplus.map((code) => `trouble ${code}`),
  ];
}

function describeOthers({ folder, replayed, prealarms, alarms, refused }: FolderTally): string {
  const why = [...refused].map(([code, count]) => `${count} refused (${code})`);
  const said =
    replayed === 0
      ? []
      : [`${replayed} replayed, ${prealarms} with a prealarm from CO2, ${alarms.length} with FIRE`];
  return `${folder}: ${[...said, ...why].join(", ")}`;
}

function faultsOf(
  clip: RealClip,
  result: { readonly once: ReplaySummary; readonly looped: ReplaySummary | null },
): readonly string[] {
  const faults: string[] = [];
  const { once, looped } = result;
  if (clip.frames !== null && once.frames !== clip.frames) {
    faults.push(`decoded ${once.frames} pictures, its golden.json counts ${clip.frames}`);
  }
  const raw = clip.folder === "lepton-cptv-apache";
  if (clip.kind === "thermal" && once.radiometric === raw)
    faults.push("temperature and raw counts are confused");
  if (clip.label === "no fire") {
    if (once.firstAlarmAtSeconds !== null) faults.push("false alarm");
    if (looped !== null && looped.firstAlarmAtSeconds !== null)
      faults.push(`false alarm within ${loopSeconds} s`);
  } else if (once.firstAlarmAtSeconds !== null) {
    faults.push("CO2 alone raised FIRE");
  }
  return faults;
}

function cells(row: Row): readonly string[] {
  const { once, looped, clip } = row;
  const when = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? "–" : `${seconds.toFixed(0)} s`;
  const prealarm = looped === null ? when(once.firstPrealarmAtSeconds) : when(looped.firstPrealarmAtSeconds);
  const alarm = looped === null ? when(once.firstAlarmAtSeconds) : when(looped.firstAlarmAtSeconds);
  const fire = clip.label === "no fire" ? "" : ` (fire at ${clip.label.fireFromSeconds} s)`;
  return [
    `${clip.folder}/${clip.file}`,
    clip.frames === null ? "–" : `${once.frames} of ${clip.frames}`,
    String(once.airSamples),
    looped === null ? once.seconds.toFixed(0) : `${once.seconds.toFixed(1)}, looped ${loopSeconds}`,
    once.radiometric === null ? "–" : once.radiometric ? "yes" : "no",
    `${prealarm}${fire}`,
    alarm,
    percent(looped?.probabilityMax ?? once.probabilityMax),
    row.troubles.join(" ") || "–",
    row.faults.length === 0 ? "ok" : "FAILED",
  ];
}

function percent(probability: number | null): string {
  return probability === null ? "–" : `${(100 * probability).toFixed(0)} %`;
}

function faulty(rows: readonly Row[]): number {
  return rows.filter((row) => row.faults.length > 0).length;
}

process.exitCode = await main();
