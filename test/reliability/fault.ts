import type { Random } from "#core/random.ts";

/** What can go wrong with a device, its line to the hub, or the hub. */
export type FaultKind =
  | "device killed"
  | "device power cut"
  | "device disk full"
  | "device disk fails"
  | "clock jump"
  | "camera silent"
  | "camera frozen"
  | "camera raw"
  | "air silent"
  | "air no CO2"
  | "air zero"
  | "line cut"
  | "line mute"
  | "line deaf"
  | "line slow"
  | "line duplicates"
  | "line reorders"
  | "connection reset"
  | "hub killed"
  | "hub power cut"
  | "hub store full";

/** One fault in a run. */
export interface Fault {
  readonly kind: FaultKind;
  /** Index of the device that it strikes; the hub's faults have none. */
  readonly device: number | null;
  readonly atMs: number;
  /** It does not strike at its time but so long after the next event that the device (or any) emits from then on. */
  readonly afterEventMs: number | null;
  readonly lastsMs: number;
  /** By how much a clock jumps. */
  readonly jumpMicros: number;
}

/** A fire in front of one device. */
export interface Fire {
  readonly device: number;
  readonly atMs: number;
  readonly lastsMs: number;
}

/** Everything that chance decides before a run begins. */
export interface FaultPlan {
  readonly devices: number;
  readonly driftPpm: readonly number[];
  /** How many entries the event log of each device takes. */
  readonly logEntriesMax: readonly number[];
  readonly fires: readonly Fire[];
  readonly faults: readonly Fault[];
  /** From here on nothing is wrong any more. */
  readonly healedMs: number;
  /** A day of normal life, in which the camera sends its full rate only while something happens; null: a still room. */
  readonly day: {
    readonly lengthMs: number;
    readonly busy: readonly { readonly fromMs: number; readonly toMs: number }[];
  } | null;
}

/** How long each kind of fault lasts, in seconds, and how often it is drawn compared to the others. */
const kinds: Readonly<Record<FaultKind, { readonly seconds: readonly [number, number]; weight: number }>> = {
  "device killed": { seconds: [0.5, 10], weight: 3 },
  "device power cut": { seconds: [1, 20], weight: 3 },
  "device disk full": { seconds: [2, 40], weight: 2 },
  "device disk fails": { seconds: [2, 30], weight: 1 },
  "clock jump": { seconds: [0, 0], weight: 2 },
  "camera silent": { seconds: [1, 25], weight: 2 },
  "camera frozen": { seconds: [1, 25], weight: 1 },
  "camera raw": { seconds: [1, 20], weight: 1 },
  "air silent": { seconds: [5, 40], weight: 1 },
  "air no CO2": { seconds: [5, 40], weight: 1 },
  "air zero": { seconds: [5, 40], weight: 1 },
  "line cut": { seconds: [0.1, 40], weight: 3 },
  "line mute": { seconds: [0.1, 30], weight: 1 },
  "line deaf": { seconds: [0.1, 30], weight: 2 },
  "line slow": { seconds: [5, 40], weight: 2 },
  "line duplicates": { seconds: [10, 60], weight: 2 },
  "line reorders": { seconds: [10, 60], weight: 2 },
  "connection reset": { seconds: [0, 0], weight: 3 },
  "hub killed": { seconds: [0.5, 20], weight: 3 },
  "hub power cut": { seconds: [1, 30], weight: 1 },
  "hub store full": { seconds: [2, 40], weight: 2 },
};

/** Every kind of fault. */
export const faultKinds: readonly FaultKind[] = Object.keys(kinds) as FaultKind[];

/** Clocks are set by seconds, by an hour in the wrong zone, or from 1970 to now. */
const jumpSeconds = [0.5, 2, 8, 45, 90, 3_600, 86_400] as const;

/** Crashes are drawn so often to come with an event, when most is under way, and within so long after it. */
const withEventShare = 0.5;
const afterEventMsMax = 60;

/** Entries of an event log at most: so few that one is full in minutes, or of alarms alone. */
const logSizes = [12, 12, 2, 1] as const;

const firesFromMs = 25_000;
/** When faults may begin, and when nothing is wrong any more. */
const faultsFromMs = 12_000;
const healedMs = 200_000;

/** Draws what happens in a run. */
export function drawFaultPlan(random: Random): FaultPlan {
  const devices = 1 + random.integer(3);
  const driftPpm = Array.from({ length: devices }, () => 200 * random.normal());
  const fires = Array.from({ length: devices }, (_, device) => drawFires(device, random)).flat();
  const faults = Array.from({ length: 4 + random.integer(14) }, () => drawFault(devices, random));
  const logEntriesMax = driftPpm.map(() => logSizes[random.integer(logSizes.length)]!);
  faults.sort((one, other) => one.atMs - other.atMs);
  return { devices, driftPpm, logEntriesMax, fires, faults, healedMs, day: null };
}

function drawFires(device: number, random: Random): Fire[] {
  const fires: Fire[] = [];
  for (let fromMs = firesFromMs + random.between(0, 60_000); fromMs < healedMs - 40_000; ) {
    const lastsMs = Math.min(random.between(15_000, 60_000), healedMs - fromMs);
    fires.push({ device, atMs: fromMs, lastsMs });
    fromMs += lastsMs + random.between(30_000, 90_000);
  }
  return fires;
}

function drawFault(devices: number, random: Random): Fault {
  const kind = drawKind(random);
  const atMs = random.between(faultsFromMs, healedMs - 1_000);
  return drawFaultOf(kind, { atMs, devices, random, endMs: healedMs });
}

/** Draws whom a fault of this kind strikes, and for how long, with an end by `endMs`. */
export function drawFaultOf(
  kind: FaultKind,
  draw: { readonly atMs: number; readonly devices: number; readonly random: Random; readonly endMs: number },
): Fault {
  const { atMs, devices, random, endMs } = draw;
  const [shortest, longest] = kinds[kind].seconds;
  const jump = jumpSeconds[random.integer(jumpSeconds.length)]! * (random.uniform() < 0.5 ? -1 : 1);
  const isCrash = /killed|power cut|reset/.test(kind);
  const comesWithEvent = random.uniform() < withEventShare;
  const afterEventMs = random.between(0, afterEventMsMax);
  return {
    kind,
    device: kind.startsWith("hub") ? null : random.integer(devices),
    atMs,
    afterEventMs: isCrash && comesWithEvent ? afterEventMs : null,
    lastsMs: Math.min(1_000 * random.between(shortest, longest), endMs - atMs),
    jumpMicros: Math.round(jump * 1e6),
  };
}

function drawKind(random: Random): FaultKind {
  const all = Object.entries(kinds) as [FaultKind, { weight: number }][];
  let left = random.uniform() * all.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [kind, { weight }] of all) {
    left -= weight;
    if (left < 0) return kind;
  }
  return "device killed";
}
