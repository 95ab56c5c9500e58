import { badInput } from "#core/failure.ts";
import { floorToSecondMicros } from "#core/time.ts";
import { importDataset } from "#learning/dataset/import-dataset.ts";
import {
  isDeviceMessage,
  type MessageLabel,
  readDeviceMessages,
} from "#learning/dataset/import-device-messages.ts";
import { looksLikeFeatureTable, readFeatureCsv } from "#learning/dataset/import-feature-csv.ts";
import { isSamplesJson, readSamplesJson } from "#learning/dataset/import-samples-json.ts";
import type { ImportedGroup, ImportedRow } from "#learning/dataset/imported-group.ts";
import { IncidentLabels, readIncidents, secondOfRecording } from "#learning/dataset/incident-labels.ts";
import { labelCodeOf, labelWordsText } from "#learning/dataset/label-word.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { importedFileBytesMax, unpackedBytesMax } from "#recording/recording-limits.ts";
import { isGzip, unpackGzip } from "#recording/unpack-gzip.ts";
import type { Invocation } from "../command.ts";
import { featureSeconds, radiometricPictures } from "../commands/features.ts";
import { openInputs } from "../open-inputs.ts";
import { numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { softwareVersion } from "../software-version.ts";
import { tellDataset } from "./dataset-generate.ts";
import { csvWish, outFolder, splitShares } from "./dataset-options.ts";

/** How much of a file says what it is. */
const sniffedBytes = 64 * 1024;

/** Imports tables, older formats and recordings of our own devices into one data set. */
export async function runDatasetImport(invocation: Invocation, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) throw badInput("usage", "Name the files to import: tables, JSON or recordings.");
  const folder = outFolder(invocation);
  const shares = splitShares(invocation);
  const csv = csvWish(invocation);
  const fold = numberOption(invocation, "fold", { kind: "integer", min: 0, max: 1_000, default: 0 });
  if (invocation.values["air"] !== undefined && paths.length > 1)
    throw badInput("usage", "--air belongs to one recording: import it alone.");
  const incidents = await incidentLabels(invocation);
  const labelOf = labelSource(invocation, incidents);
  const progress = new ProgressLine(invocation.output, "reading");
  const groups: ImportedGroup[] = [];
  for (const path of paths) {
    progress.show(path);
    groups.push(...(await groupsOfFile(path, { invocation, labelOf })));
  }
  progress.clear();
  incidents.refuseUnused();
  const card = await importDataset({
    folder,
    groups,
    shares,
    fold,
    csv,
    impossible: invocation.switches.has("allow-impossible") ? "allow" : "refuse",
    licence: invocation.values["licence"] ?? "not stated",
    softwareVersion: softwareVersion(),
  });
  const namelessGroups = groups.filter(({ grouping }) => grouping === "by content").length;
  await tellDataset(invocation, card, { folder, namelessGroups });
  return 0;
}

/** How a file's seconds are called; throws `badInput` when nobody has said. */
type LabelSource = (path: string) => MessageLabel;

async function incidentLabels(invocation: Invocation): Promise<IncidentLabels> {
  const file = invocation.values["labels"];
  if (file === undefined) return new IncidentLabels([]);
  const bytes = await readFileBytes(file, importedFileBytesMax);
  return new IncidentLabels(readIncidents({ path: file, text: Buffer.from(bytes).toString() }));
}

function labelSource(invocation: Invocation, incidents: IncidentLabels): LabelSource {
  const word = invocation.values["label"];
  const otherwise = word === undefined ? null : labelCodeOf(word);
  if (word !== undefined && otherwise === null)
    throw badInput("usage", `--label: "${word}" is no label; they are ${labelWordsText}.`);
  return (path) => {
    const own = incidents.of(path);
    if (own !== null) return own;
    if (otherwise !== null) return () => otherwise;
    const file = invocation.values["labels"];
    if (file !== undefined)
      throw badInput(
        "import-unlabelled",
        `${file} names no interval of ${path}: write its file name in the column recording, or give --label for recordings without intervals.`,
      );
    throw badInput(
      "import-unlabelled",
      `Nobody says what was to be seen in ${path}: give intervals with --labels FILE, or one label for all of it with --label.`,
    );
  };
}

interface ImportTask {
  readonly invocation: Invocation;
  readonly labelOf: LabelSource;
}

async function groupsOfFile(path: string, task: ImportTask): Promise<readonly ImportedGroup[]> {
  const text = await tableText(path);
  if (text === null) return [await recordingGroup(path, task)];
  if (/^\s*[[{]/.test(text)) return jsonGroups(path, { ...task, text });
  return readFeatureCsv({ path, text });
}

/** The text of a table or of JSON that is no recording; null for everything else. */
async function tableText(path: string): Promise<string | null> {
  const isMcap = /\.mcap$/i.test(path);
  if (isMcap) return null;
  const bytes = await readFileBytes(path, importedFileBytesMax);
  const content = isGzip(bytes)
    ? (await unpackGzip({ bytes, path, bytesMax: unpackedBytesMax })).content
    : bytes;
  const head = Buffer.from(content.subarray(0, sniffedBytes));
  if (head.includes(0)) return null;
  const start = head.toString();
  // A CSV of air readings has no pictures to label: whatever is called CSV is meant as a table, and lacks what it lacks.
  const isTable = looksLikeFeatureTable(start.split("\n", 1)[0] ?? "") || /\.csv(\.gz)?$/i.test(path);
  const isJson = /^\s*[[{]/.test(start) && /"(samples|t_mean|gas_val|flir)"/.test(start);
  return isTable || isJson ? Buffer.from(content).toString() : null;
}

function jsonGroups(path: string, task: ImportTask & { readonly text: string }): readonly ImportedGroup[] {
  const json = parseJson(path, task.text);
  if (isSamplesJson(json)) return readSamplesJson({ path, json });
  const messages = Array.isArray(json) ? json : [json];
  if (!messages.some(isDeviceMessage))
    throw badInput("import-unknown", `${path} is JSON, but neither samples nor messages of devices.`);
  return readDeviceMessages({ path, messages }, task.labelOf(path));
}

/** One JSON value, or one on each line. */
function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (whole) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line, index) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        const where = lines.length === 1 ? path : `${path}, line ${index + 1},`;
        throw badInput("import-json", `${where} is no valid JSON.`, { cause: whole });
      }
    });
  }
}

/** A recording measured by the feature extractor, as `features` does. */
async function recordingGroup(path: string, task: ImportTask): Promise<ImportedGroup> {
  const recordings = await openInputs({ ...task.invocation, positionals: [path] });
  const pictures = radiometricPictures(recordings);
  const labelAt = task.labelOf(path);
  const rows: ImportedRow[] = [];
  let blindSeconds = 0;
  let startMicros: number | null = null;
  for await (const second of featureSeconds(pictures, recordings)) {
    startMicros ??= floorToSecondMicros(second.atMicros - 1);
    const at = { atMicros: second.atMicros, second: secondOfRecording(second.atMicros, startMicros) };
    if (second.vector === null) blindSeconds += 1;
    else rows.push({ number: at.second, second: at.second, source: second, label: labelAt(at) });
  }
  return { origin: path, name: path, rows, grouping: "named", blindSeconds, countedBy: "second" };
}
