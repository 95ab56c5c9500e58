import type { McapTypes } from "@mcap/core";
import { z } from "zod";
import { entrySchemas, type JsonEntryKind } from "./entry-json.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { thermalMessageLayout } from "./thermal-message.ts";

/** Profile in the header of our MCAP files. */
export const mcapProfile = "emberwatch";

/** Message encoding of the thermal channel; the others are "json". */
export const thermalEncoding = "emberwatch-thermal";

type EntryKind = RecordingEntry["kind"];

/** Topic of each kind of entry. */
export const topicOf: Readonly<Record<EntryKind, string>> = {
  thermal: "/thermal",
  air: "/air",
  tick: "/tick",
  features: "/features",
  score: "/score",
  event: "/events",
  config: "/config",
  damage: "/damage",
  channel: "/channel",
  origin: "/origin",
  truth: "/truth",
};

const schemaNames: Readonly<Record<EntryKind, string>> = {
  thermal: "emberwatch.ThermalFrame",
  air: "emberwatch.AirSample",
  tick: "emberwatch.Tick",
  features: "emberwatch.Features",
  score: "emberwatch.Score",
  event: "emberwatch.AlarmEvent",
  config: "emberwatch.Config",
  damage: "emberwatch.Damage",
  channel: "emberwatch.ChannelSample",
  origin: "emberwatch.Origin",
  truth: "emberwatch.Truth",
};

const kinds = Object.keys(topicOf) as EntryKind[];

/** Channel id of each kind in files that we write. */
export function channelIdOf(kind: EntryKind): number {
  return kinds.indexOf(kind) + 1;
}

/** The kind of entry that a channel carries; null for a channel that is not ours. */
export function kindOfChannel(channel: McapTypes.Channel): EntryKind | null {
  const kind = kinds.find((one) => topicOf[one] === channel.topic);
  if (kind === undefined) return null;
  return channel.messageEncoding === (kind === "thermal" ? thermalEncoding : "json") ? kind : null;
}

/** Schemas of all channels; those of JSON channels are JSON Schema, that of pictures a text that says the layout. */
export function mcapSchemas(): readonly McapTypes.Schema[] {
  return kinds.map((kind) => ({ id: channelIdOf(kind), name: schemaNames[kind], ...schemaText(kind) }));
}

/** All channels that a recording may have. */
export function mcapChannels(): readonly McapTypes.Channel[] {
  return kinds.map((kind) => ({
    id: channelIdOf(kind),
    schemaId: channelIdOf(kind),
    topic: topicOf[kind],
    messageEncoding: kind === "thermal" ? thermalEncoding : "json",
    metadata: new Map(),
  }));
}

function schemaText(kind: EntryKind): { readonly encoding: string; readonly data: Uint8Array } {
  const encoder = new TextEncoder();
  if (kind === "thermal") return { encoding: thermalEncoding, data: encoder.encode(thermalMessageLayout) };
  const schema = z.toJSONSchema(entrySchemas[kind satisfies JsonEntryKind], { io: "input" });
  return { encoding: "jsonschema", data: encoder.encode(JSON.stringify(schema)) };
}
