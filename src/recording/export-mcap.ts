import type { McapTypes } from "@mcap/core";
import type { PixelUnit, ThermalFrame } from "#core/frames/thermal-frame.ts";
import { encodeEntryJson } from "./entry-json.ts";
import { type ExportInput, type ExportSummary, ExportTally, firstPicture } from "./export-input.ts";
import { channelIdOf, mcapChannels, mcapSchemas } from "./mcap-channels.ts";
import { McapFileWriter } from "./mcap-file-writer.ts";
import { chunkBytesMax } from "./mcap-writer.ts";
import type { RecordingEntry } from "./recording-entry.ts";

/** JSON Schema of foxglove.RawImage, as the Foxglove documentation of message schemas defines its fields. */
const rawImageSchema = {
  title: "foxglove.RawImage",
  description: "A raw image",
  type: "object",
  properties: {
    timestamp: {
      type: "object",
      title: "time",
      properties: {
        sec: { type: "integer", minimum: 0 },
        nsec: { type: "integer", minimum: 0, maximum: 999_999_999 },
      },
    },
    frame_id: { type: "string" },
    width: { type: "integer", minimum: 0 },
    height: { type: "integer", minimum: 0 },
    encoding: { type: "string" },
    step: { type: "integer", minimum: 0 },
    data: { type: "string", contentEncoding: "base64" },
  },
};

/** Topic of the pictures in an exported file. */
export const exportedImageTopic = "/thermal/image";

/**
 * Writes an MCAP file for existing viewers: pictures as foxglove.RawImage (mono16, JSON), air, score and events as JSON.
 * The metadata of the picture channel say whether values are hundredths of a kelvin or raw counts. Such a file is for
 * looking at, not for replaying. Throws the Failures of `PartialFile`.
 */
export async function exportMcap(input: ExportInput): Promise<ExportSummary> {
  const first = await firstPicture(input.entries());
  const file = await McapFileWriter.create({
    path: input.path,
    overwrite: input.overwrite,
    profile: "",
    schemas: schemas(),
    channels: channels(first?.unit ?? null),
  });
  const tally = new ExportTally();
  try {
    for await (const entry of input.entries()) {
      tally.add(entry);
      const data = messageData(entry);
      if (data === null) continue;
      file.addMessage({ channelId: channelIdOf(entry.kind), atMicros: entry.atMicros, data });
      if (file.chunkBytes >= chunkBytesMax) await endChunk(file);
    }
    await endChunk(file);
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await file.close();
  return tally.summary;
}

async function endChunk(file: McapFileWriter): Promise<void> {
  const chunk = file.takeChunk();
  if (chunk !== null) await file.writeChunk(chunk, "buffer");
}

const exportedKinds = ["thermal", "air", "score", "event"] as const;
const exportedIds: readonly number[] = exportedKinds.map(channelIdOf);

function schemas(): readonly McapTypes.Schema[] {
  const data = new TextEncoder().encode(JSON.stringify(rawImageSchema));
  const image = { id: channelIdOf("thermal"), name: "foxglove.RawImage", encoding: "jsonschema", data };
  const others = mcapSchemas().filter((schema) => schema.id !== image.id && exportedIds.includes(schema.id));
  return [image, ...others];
}

function channels(unit: PixelUnit | null): readonly McapTypes.Channel[] {
  const id = channelIdOf("thermal");
  const metadata = new Map([
    ["unit", unit ?? "unknown"],
    ["meaning", unit === "centikelvin" ? "celsius = value / 100 - 273.15" : "not a temperature"],
  ]);
  const image = { id, schemaId: id, topic: exportedImageTopic, messageEncoding: "json", metadata };
  const others = mcapChannels().filter((channel) => channel.id !== id && exportedIds.includes(channel.id));
  return [image, ...others];
}

function messageData(entry: RecordingEntry): Uint8Array | null {
  if (entry.kind === "thermal") return rawImage(entry.frame);
  return entry.kind === "air" || entry.kind === "score" || entry.kind === "event"
    ? encodeEntryJson(entry)
    : null;
}

function rawImage(frame: ThermalFrame): Uint8Array {
  const bytes = Buffer.alloc(2 * frame.pixels.length);
  for (let i = 0; i < frame.pixels.length; i += 1) bytes.writeUInt16LE(frame.pixels[i]!, 2 * i);
  const sec = Math.floor(frame.capturedAtMicros / 1e6);
  const image = {
    timestamp: { sec, nsec: (frame.capturedAtMicros - sec * 1e6) * 1_000 },
    frame_id: "emberwatch",
    width: frame.width,
    height: frame.height,
    encoding: "mono16",
    step: 2 * frame.width,
    data: bytes.toString("base64"),
  };
  return new TextEncoder().encode(JSON.stringify(image));
}
