import { deviceIdSchema } from "./device-id.ts";

const root = "emberwatch/v1";

/** What a device publishes, by the last level of its topic. */
export type DeviceChannel =
  | "telemetry"
  | "telemetry-batch"
  | "event"
  | "health"
  | "frame"
  | "state"
  | "regions";

/** Topic of a device's own publications. */
export function deviceTopic(device: string, channel: DeviceChannel): string {
  return `${root}/${device}/${channel}`;
}

/** Topic on which a device is told to do something. */
export function commandTopic(device: string, command: string): string {
  return `${root}/${device}/command/${command}`;
}

/** Topic on which a device answers the command with this id. */
export function replyTopic(device: string, commandId: string): string {
  return `${root}/${device}/reply/${commandId}`;
}

/** Topic on which a device is told what its receiver has on disk. */
export function receiptTopic(device: string): string {
  return `${root}/${device}/receipt`;
}

/** Filter for the commands to one device. */
export function deviceCommandsFilter(device: string): string {
  return `${root}/${device}/command/+`;
}

/** Filters for everything that devices say: what a hub listens to at a broker that is not its own. */
export const deviceWordsFilters: readonly string[] = [
  `${root}/+/telemetry`,
  `${root}/+/telemetry-batch`,
  `${root}/+/event`,
  `${root}/+/health`,
  `${root}/+/frame`,
  `${root}/+/state`,
  `${root}/+/regions`,
  `${root}/+/reply/+`,
];

/** A topic taken apart; identity comes from here, never from a payload. */
export type ParsedTopic =
  | { readonly kind: DeviceChannel; readonly device: string }
  | { readonly kind: "receipt"; readonly device: string }
  | { readonly kind: "command"; readonly device: string; readonly command: string }
  | { readonly kind: "reply"; readonly device: string; readonly commandId: string };

/** Takes a topic apart; null for a topic that is not ours. */
export function parseTopic(topic: string): ParsedTopic | null {
  const levels = topic.split("/");
  if (levels[0] !== "emberwatch" || levels[1] !== "v1") return null;
  const [, , device, kind, last] = levels;
  if (device === undefined || !deviceIdSchema.safeParse(device).success) return null;
  if (levels.length === 4 && kind === "receipt") return { kind, device };
  if (levels.length === 4) return isDeviceChannel(kind) ? { kind, device } : null;
  if (levels.length !== 5 || last === undefined || last === "") return null;
  if (kind === "command") return { kind, device, command: last };
  if (kind === "reply") return { kind, device, commandId: last };
  return null;
}

const deviceChannels: readonly string[] = [
  "telemetry",
  "telemetry-batch",
  "event",
  "health",
  "frame",
  "state",
  "regions",
] satisfies readonly DeviceChannel[];

function isDeviceChannel(level: string | undefined): level is DeviceChannel {
  return level !== undefined && deviceChannels.includes(level);
}
