import { open } from "node:fs/promises";
import { badInput } from "#core/failure.ts";
import { type AirCsvOptions, parseAirCsv } from "./air-csv.ts";
import type { Clip } from "./clip.ts";
import { clipRecording } from "./clip-recording.ts";
import { cptvMagic, parseCptv } from "./cptv.ts";
import { openMcap } from "./mcap-reader.ts";
import { hasMcapMagic, readBytes } from "./mcap-records.ts";
import { checkCalibration } from "./pixel-units.ts";
import { parsePty16v1, pty16v1Magic } from "./pty16v1.ts";
import { isRawY16Name, parseRawY16, rawPictureBytes } from "./raw-y16.ts";
import { openFailure, readFileBytes } from "./read-file-bytes.ts";
import type { RadiometricCalibration, Recording } from "./recording.ts";
import { importedFileBytesMax, unpackedBytesMax } from "./recording-limits.ts";
import { looksLikeTjsn, parseTjsn } from "./tjsn.ts";
import { type GzipProblem, isGzip, unpackGzip } from "./unpack-gzip.ts";

/** How to open a recording. */
export interface OpenRecordingOptions extends AirCsvOptions {
  /** Turns raw counts into temperatures; pictures that are temperatures already are left alone. */
  readonly calibration?: RadiometricCalibration;
}

/** Opens a CSV of air readings; see `parseAirCsv`. Throws Failure("input") when it cannot be read as one. */
export async function openAirCsv(path: string, options: AirCsvOptions = {}): Promise<Recording> {
  return parseAirCsv({ path, bytes: await readFileBytes(path, importedFileBytesMax) }, options);
}

/**
 * Opens a recording of any format that can be read; its content decides which, the name only where a format has no
 * magic bytes. Throws Failure("input") with one sentence that names the file when nothing, or less than half of what
 * is known to be there, can be read; damage inside a readable file becomes "damage" entries.
 */
export async function openRecording(path: string, options: OpenRecordingOptions = {}): Promise<Recording> {
  const calibration = options.calibration ?? null;
  if (calibration !== null) checkCalibration(calibration);
  if (await isMcap(path)) return openMcap(path, calibration);
  const bytes = await readFileBytes(path, importedFileBytesMax);
  const unpacked = isGzip(bytes)
    ? await unpackGzip({ bytes, path, bytesMax: unpackedBytesMax })
    : { content: bytes, problem: null, statedBytes: null };
  refuseUnlessUnpacked(path, { bytes, ...unpacked });
  const clip = parseClip({ path, content: unpacked.content, statedBytes: unpacked.statedBytes });
  if (clip === null && looksLikeCsv(unpacked.content))
    return parseAirCsv({ path, bytes: unpacked.content }, options);
  if (clip === null)
    throw badInput(
      "recording-unknown-format",
      `${path} is no recording that can be read: give MCAP, CPTV, tCam .tjsn/.tmjsn, PTY16V1, raw Y16 or a CSV of air readings.`,
    );
  return clipRecording(path, withGzipDamage(clip, unpacked.problem), calibration);
}

/** A packed file of which nothing comes out is refused for that, whatever the format of its content would be. */
function refuseUnlessUnpacked(
  path: string,
  file: { readonly bytes: Uint8Array; readonly content: Uint8Array; readonly problem: GzipProblem | null },
): void {
  const isTooShort =
    file.content.length === 0 || (isRawY16Name(path) && file.content.length < rawPictureBytes);
  const isPacked = isGzip(file.bytes);
  if (!isTooShort || (!isPacked && !/\.gz$/i.test(path))) return;
  if (isPacked && file.problem === null && file.content.length > 0) return;
  const why = !isPacked
    ? "its name says gzip, but it is none"
    : file.problem === null
      ? "there is nothing in it"
      : gzipProblemWords[file.problem];
  throw badInput(
    "recording-not-unpacked",
    `${path} cannot be unpacked: ${why} (${isPacked ? file.content.length : 0} bytes came out); copy or record it again.`,
  );
}

const gzipProblemWords: Readonly<Record<GzipProblem, string>> = {
  truncated: "the gzip file ends early",
  corrupt: "the gzip file is damaged",
  checksum: "the checksum of the gzip file does not match",
};

/** MCAP files are read piece by piece, so that they may be larger than the memory. */
async function isMcap(path: string): Promise<boolean> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw openFailure(path, error);
  });
  try {
    const stats = await file.stat();
    return stats.isFile() && hasMcapMagic(await readBytes(file, { at: 0, count: 8 }));
  } finally {
    await file.close();
  }
}

function parseClip(input: {
  readonly path: string;
  readonly content: Uint8Array;
  readonly statedBytes: number | null;
}): Clip | null {
  if (beginsWith(input.content, cptvMagic)) return parseCptv(input);
  if (beginsWith(input.content, pty16v1Magic)) return parsePty16v1(input);
  if (isRawY16Name(input.path)) return parseRawY16(input);
  if (looksLikeTjsn(input.content)) return parseTjsn(input);
  return null;
}

/** Text with a separator in it; what is wrong with it is then said in terms of CSV. */
function looksLikeCsv(content: Uint8Array): boolean {
  const head = content.subarray(0, 4_096);
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false;
  return /[,;\t]/.test(new TextDecoder("latin1").decode(head));
}

function beginsWith(bytes: Uint8Array, magic: string): boolean {
  for (let i = 0; i < magic.length; i += 1) if (bytes[i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** A gzip file that breaks off says so itself only when a picture is cut; the checksum speaks for all pictures. */
function withGzipDamage(clip: Clip, problem: GzipProblem | null): Clip {
  if (problem === null) return clip;
  const afterPictures = clip.timesMicros.length;
  if (problem !== "checksum" && clip.damage.some((one) => one.afterPictures === afterPictures)) return clip;
  const what =
    problem === "checksum"
      ? "the checksum of the file does not match: pictures may be wrong"
      : "the file ends early";
  return { ...clip, damage: [...clip.damage, { what, lost: 1, afterPictures }] };
}
