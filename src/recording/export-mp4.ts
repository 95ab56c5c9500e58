import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { badInput, type Failure, machineFault } from "#core/failure.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type ExportInput, type ExportSummary, ExportTally } from "./export-input.ts";
import { ironPicture, type PixelRange, pixelRange } from "./iron-palette.ts";
import { PartialFile, partialEnding } from "./partial-file.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** Pictures a second of an exported film; each shows the newest picture of its time. */
const filmPicturesPerSecond = 9;
const filmStepMicros = 1e6 / filmPicturesPerSecond;

/** A longer pause in the recording is shown this long. */
const pauseMicrosMax = 10e6;

/** Each pixel becomes this many, so that players show pixels and not a blur. */
const enlargement = 4;

const messageBytesMax = 4_096;

/** How to export a film. */
export interface Mp4Export extends ExportInput {
  /** The program to run; by default `ffmpeg` of the PATH. */
  readonly ffmpeg?: string;
}

/**
 * Writes a film in the iron palette, drawn between the coldest and hottest pixel of the whole recording, by running
 * ffmpeg. Throws Failure: "machine" when there is no ffmpeg or it fails, "input" when there is no picture or the size
 * of the pictures changes.
 */
export async function exportMp4(input: Mp4Export): Promise<ExportSummary> {
  const film = await filmOf(input.entries());
  const file = await PartialFile.create(input.path, input.overwrite);
  const tally = new ExportTally();
  try {
    const encoder = await startFfmpeg(input, film);
    for await (const { picture, entry } of filmPictures(input.entries(), film)) {
      if (entry !== null) tally.add(entry);
      if (picture !== null) await encoder.write(picture);
    }
    await encoder.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.commit();
  return tally.summary;
}

interface Film {
  readonly width: number;
  readonly height: number;
  readonly range: PixelRange;
}

async function filmOf(entries: AsyncIterable<RecordingEntry>): Promise<Film> {
  let film: Film | null = null;
  for await (const entry of entries) {
    if (entry.kind !== "thermal") continue;
    const { width, height, pixels } = entry.frame;
    const known: Film = film ?? { width, height, range: pixelRange(pixels) };
    if (known.width !== width || known.height !== height)
      throw badInput(
        "export-mixed-sizes",
        "The pictures of the recording change their size: export them as PNG.",
      );
    film = { width, height, range: widened(known.range, pixelRange(pixels)) };
  }
  if (film === null) throw badInput("export-no-picture", "The recording has no pictures to make a film of.");
  return film;
}

function widened(a: PixelRange, b: PixelRange): PixelRange {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

type FilmItem = { readonly picture: Uint8Array | null; readonly entry: RecordingEntry | null };

async function* filmPictures(entries: AsyncIterable<RecordingEntry>, film: Film): AsyncGenerator<FilmItem> {
  let shown: ThermalFrame | null = null;
  let drawn: Uint8Array | null = null;
  let nextMicros = 0;
  for await (const entry of entries) {
    if (entry.kind === "thermal") {
      const { capturedAtMicros } = entry.frame;
      if (shown === null) nextMicros = capturedAtMicros;
      else if (capturedAtMicros - shown.capturedAtMicros > pauseMicrosMax)
        nextMicros = Math.max(nextMicros, capturedAtMicros - pauseMicrosMax);
      for (; drawn !== null && nextMicros < capturedAtMicros; nextMicros += filmStepMicros)
        yield { picture: drawn, entry: null };
      shown = entry.frame;
      drawn = ironPicture(shown, film.range);
    }
    yield { picture: null, entry };
  }
  yield { picture: drawn, entry: null };
}

interface Encoder {
  write(picture: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

async function startFfmpeg(input: Mp4Export, film: Film): Promise<Encoder> {
  const size = `${film.width}x${film.height}`;
  const from = `-f rawvideo -pix_fmt rgb24 -s ${size} -r ${filmPicturesPerSecond} -i -`.split(" ");
  const filter = `scale=iw*${enlargement}:ih*${enlargement}:flags=neighbor`;
  const to = [
    "-vf",
    filter,
    "-c:v",
    "libx264",
    "-pix_fmt",
    "yuv420p",
    "-movflags",
    "+faststart",
    "-f",
    "mp4",
  ];
  const quiet = ["-hide_banner", "-loglevel", "error"];
  const args = [...quiet, ...from, ...to, "-y", input.path + partialEnding];
  const child = spawn(input.ffmpeg ?? "ffmpeg", args, { stdio: ["pipe", "ignore", "pipe"] });
  const ended = endOf(child, input.path);
  // A program that is not there says so before it could take a picture.
  await Promise.race([once(child, "spawn"), ended]);
  return {
    async write(picture) {
      if (child.stdin.write(picture)) return;
      // A broken pipe means that the program has ended: why is known when its exit is.
      await Promise.race([once(child.stdin, "drain").catch(() => ended), ended]);
    },
    async finish() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Settles when the program ends; rejects with a Failure unless it ended well. */
function endOf(child: ChildProcessByStdio<Writable, null, Readable>, path: string): Promise<void> {
  let message = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (message.length < messageBytesMax) message += chunk.toString("utf8");
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", (error) => reject(ffmpegMissing(error)));
    // A broken pipe comes before the exit, which knows the reason.
    child.stdin.on("error", () => {});
    child.on("close", (code) => (code === 0 ? resolve() : reject(ffmpegFailed(path, message))));
  });
  ended.catch(() => {});
  return ended;
}

function ffmpegMissing(cause: Error): Failure {
  return machineFault(
    "ffmpeg-missing",
    "ffmpeg could not be started: install it (Debian: apt install ffmpeg), or export as png.",
    { cause },
  );
}

function ffmpegFailed(path: string, message: string): Failure {
  const line = message.trim().split("\n").at(-1) ?? "";
  return machineFault("ffmpeg-failed", `ffmpeg could not write ${path}: ${line || "it gave no reason"}.`);
}
