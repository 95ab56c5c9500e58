import { badInput, Failure } from "#core/failure.ts";
import { exportCsv } from "#recording/export-csv.ts";
import type { ExportInput, ExportSummary } from "#recording/export-input.ts";
import { exportMcap } from "#recording/export-mcap.ts";
import { exportMp4 } from "#recording/export-mp4.ts";
import { exportPng } from "#recording/export-png.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Command, Invocation } from "../command.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { saveRecording } from "../save-recording.ts";

const formats = ["mcap", "csv", "png", "mp4", "recording"] as const;
type Format = (typeof formats)[number];

/** Writes a recording in a format that other programs read. */
export const exportCommand: Command = {
  name: "export",
  summary: "Writes a recording as MCAP for viewers, CSV, PNG, MP4, or as a recording of Emberwatch's own.",
  usage: "RECORDING… [--air CSV] --format FORMAT --out PATH [options]",
  options: {
    ...inputOptions,
    format: {
      value: formats.join("|"),
      help: "mcap: foxglove.RawImage for viewers; recording: replays as it was",
    },
    out: { value: "PATH", help: "file to write; for png without --frame a folder" },
    frame: { value: "N", help: "with png: only this picture, counted from 0" },
    palette: { value: "iron|grey16", help: "with png: colours (default), or every value exactly in 16 bits" },
    overwrite: { value: null, help: "replaces existing files, instead of refusing to" },
  },
  examples: [
    "emberwatch export recordings/workshop-fire.mcap --format mp4 --out fire.mp4",
    "emberwatch export clip.cptv --format png --frame 10 --out frame.png",
    "emberwatch export clip.tjsn --air air.csv --format recording --out clip.mcap",
  ],
  notes: "MP4 needs ffmpeg on this machine. Nothing half-written is left when something goes wrong.",
  async run(invocation) {
    const format = choiceOption(invocation, "format", formats);
    const path = invocation.values["out"];
    if (format === null) throw badInput("usage", `Say in which format: --format ${formats.join("|")}.`);
    if (path === undefined) throw badInput("usage", "Say where to with --out PATH.");
    const recordings = await openInputs(invocation);
    const progress = new ProgressLine(invocation.output, "writing");
    const summary = await write(format, invocation, {
      entries: () => withProgress(mergeTimeLines(recordings), progress),
      path,
      overwrite: invocation.switches.has("overwrite") ? "replace" : "refuse",
    })
      .catch((error: unknown) => {
        throw withWayOut(error);
      })
      .finally(() => progress.clear());
    await invocation.output.line(`${path}: ${describe(summary)}`);
    return 0;
  },
};

/** Only this command can replace what exists: the refusal of every writer gets the option that does it. */
function withWayOut(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== "output-exists") return error;
  return badInput(error.code, error.message.replace(/\.$/, ", or replace it with --overwrite."), {
    cause: error,
  });
}

function write(format: Format, invocation: Invocation, input: ExportInput): Promise<ExportSummary> {
  const picture = numberOption(invocation, "frame", { min: 0, max: 1e9, kind: "integer", default: null });
  const style = choiceOption(invocation, "palette", ["iron", "grey16"]);
  if (format !== "png" && (picture !== null || style !== null)) {
    throw badInput("usage", "--frame and --palette belong to --format png.");
  }
  switch (format) {
    case "mcap":
      return exportMcap(input);
    case "csv":
      return exportCsv(input);
    case "png":
      return exportPng({ ...input, picture: picture ?? "all", style: style ?? "iron" });
    case "mp4":
      return exportMp4(input);
    case "recording":
      return saveRecording(input);
  }
}

async function* withProgress<Entry>(
  entries: AsyncIterable<Entry>,
  progress: ProgressLine,
): AsyncIterable<Entry> {
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    if (count % 100 === 0) progress.show(`${count} entries`);
    yield entry;
  }
}

function describe(summary: ExportSummary): string {
  const unit = summary.unit === "raw-counts" ? " of raw counts, not temperatures" : "";
  const lost = summary.lost === 0 ? "" : `; ${summary.lost} items could not be read`;
  return `${summary.pictures} pictures${unit}, ${summary.airSamples} air readings${lost}`;
}
