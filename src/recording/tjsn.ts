import { badInput } from "#core/failure.ts";
import {
  looksLikeTelemetry,
  parseLeptonTelemetry,
  telemetryFrameCounter,
  telemetryWords,
} from "#core/frames/lepton-telemetry.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Clip, ClipDamage, Picture } from "./clip.ts";
import { jsonObjects } from "./json-objects.ts";
import { nominalAtMicros } from "./nominal-time.ts";
import { atMicrosMax, importedFramesMax } from "./recording-limits.ts";
import { telemetryUnit } from "./telemetry-unit.ts";

const pixels = leptonWidth * leptonHeight;

/** True when a file begins like a JSON object. */
export function looksLikeTjsn(content: Uint8Array): boolean {
  let at = 0;
  while (at < 64 && (content[at] ?? 0) <= 0x20 && at < content.length) at += 1;
  return content[at] === 0x7b;
}

/**
 * Parses a tCam picture (`.tjsn`: one JSON object) or video (`.tmjsn`: several, with separators between and a footer).
 * Pixels and telemetry are base64 of little-endian 16-bit words. Metadata dates carry no time zone and are taken for
 * UTC; when any picture has none, times are 8.7 pictures a second from 0. Throws Failure("input") when there is no
 * picture in it at all.
 */
export function parseTjsn(input: { readonly path: string; readonly content: Uint8Array }): Clip {
  const stored: StoredPicture[] = [];
  const damage: ClipDamage[] = [];
  let promised = 0;
  for (const json of jsonObjects(input.content)) {
    const object = json === null ? null : asObject(json);
    promised = Math.max(promised, framesPromised(object));
    if (object !== null && object["radiometric"] === undefined) continue;
    const picture = object === null ? null : readPicture(object);
    if (picture === null)
      damage.push({ what: "a picture that cannot be read", lost: 1, afterPictures: stored.length });
    else stored.push(picture);
    if (stored.length > importedFramesMax)
      throw badInput("recording-too-large", `${input.path} holds more than ${importedFramesMax} pictures.`);
  }
  if (stored.length === 0 && damage.length === 0)
    throw badInput(
      "recording-damaged",
      `${input.path} is JSON without a tCam picture: give a .tjsn or .tmjsn file.`,
    );
  const missing = promised - stored.length - damage.length;
  if (missing > 0) damage.push({ what: "the file ends early", lost: missing, afterPictures: stored.length });
  const dated = stored.every((picture) => picture.atMicros !== null);
  const times = stored.map((picture, i) => (dated ? picture.atMicros! : nominalAtMicros(i)));
  return {
    format: "tjsn",
    width: leptonWidth,
    height: leptonHeight,
    timesMicros: times,
    damage,
    pictures: () => pictures(stored, times),
  };
}

interface StoredPicture {
  readonly atMicros: number | null;
  readonly radiometric: Uint16Array;
  readonly telemetry: Uint16Array | null;
}

function* pictures(stored: readonly StoredPicture[], times: readonly number[]): Iterable<Picture> {
  for (let i = 0; i < stored.length; i += 1) {
    const { radiometric, telemetry: words } = stored[i]!;
    const telemetry = words === null ? null : parseLeptonTelemetry(words);
    yield {
      atMicros: times[i]!,
      frameCounter: words === null ? i : telemetryFrameCounter(words),
      statedUnit: telemetry === null ? "unstated" : telemetryUnit(telemetry),
      pixels: radiometric.slice(),
      telemetry,
    };
  }
}

function readPicture(object: Readonly<Record<string, unknown>>): StoredPicture | null {
  const radiometric = base64Words(object["radiometric"], pixels);
  if (radiometric === null) return null;
  const telemetry = base64Words(object["telemetry"], telemetryWords);
  return {
    atMicros: metadataTime(object["metadata"]),
    radiometric,
    telemetry: telemetry !== null && looksLikeTelemetry(telemetry) ? telemetry : null,
  };
}

function base64Words(value: unknown, count: number): Uint16Array | null {
  if (typeof value !== "string" || value.length !== 4 * Math.ceil((2 * count) / 3)) return null;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return null;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== 2 * count) return null;
  const words = new Uint16Array(count);
  for (let i = 0; i < count; i += 1) words[i] = bytes.readUInt16LE(2 * i);
  return words;
}

/** tCam writes month/day/two-digit year and hours:minutes:seconds.milliseconds. */
function metadataTime(metadata: unknown): number | null {
  const fields =
    typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {};
  const date = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(String(fields["Date"]));
  const time = /^(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/.exec(String(fields["Time"]));
  if (date === null || time === null) return null;
  const year = Number(date[3]) < 100 ? 2000 + Number(date[3]) : Number(date[3]);
  const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3])];
  const milliseconds = Number(time[4] ?? 0);
  const atMs = Date.UTC(year, Number(date[1]) - 1, Number(date[2]), hours, minutes, seconds, milliseconds);
  const atMicros = atMs * 1_000;
  return atMicros >= 0 && atMicros <= atMicrosMax ? atMicros : null;
}

/** The footer of a video says how many pictures it should hold. */
function framesPromised(object: Readonly<Record<string, unknown>> | null): number {
  const info = object?.["video_info"];
  const frames =
    typeof info === "object" && info !== null ? (info as Record<string, unknown>)["num_frames"] : 0;
  return typeof frames === "number" && Number.isInteger(frames) && frames > 0 ? frames : 0;
}

function asObject(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
