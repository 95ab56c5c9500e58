import type { Act } from "../alarm/alarm-state.ts";
import { boundReasons } from "../alarm/incident.ts";
import type { Reason } from "../alarm/reason.ts";
import { microsPerSecond } from "../time.ts";
import { type IncidentHappening, type ReadHappening, readHappening } from "./incident-happening.ts";
import type { IncidentPlaces } from "./incident-places.ts";
import {
  higherSeverity,
  type IncidentMember,
  type IncidentMoment,
  type IncidentRecord,
  type IncidentSeverity,
  type MemberLevel,
} from "./incident-record.ts";
import { noStages } from "./latency-ledger.ts";

/** What comes this soon after an incident was over belongs to it: the device's own 20 s for a cause that persists. */
export const sameIncidentSeconds = 20;

/** What is known when an event is folded. */
export interface FoldContext {
  readonly places: IncidentPlaces;
  /** The incident that the event's source and `incidentId` were folded into before; null where there is none. */
  readonly linked: IncidentRecord | null;
  /** All incidents that stand, and the newest of each kind at the place of the event's source. */
  readonly known: readonly IncidentRecord[];
  /** Name of an incident that begins. */
  readonly newId: () => string;
}

/** What one event makes of an incident. */
export interface Folded {
  readonly record: IncidentRecord;
  /** The source's own name of the incident, by which its further events are found. */
  readonly link: { readonly key: string; readonly incidentId: string } | null;
  /** "mention": the event belongs to the time line and changes nothing. */
  readonly change: "opened" | "changed" | "mention";
}

interface Fold {
  readonly happening: IncidentHappening;
  readonly read: ReadHappening;
  readonly context: FoldContext;
}

/** Folds one event into the incident that it belongs to, or into one that it opens; null where it belongs to none. */
export function foldHappening(happening: IncidentHappening, context: FoldContext): Folded | null {
  const read = readHappening(happening);
  const fold: Fold = { happening, read, context };
  const { told, incidentId, key } = read;
  if (told.kind === "level" && told.level !== "normal") {
    const record = findForLevel(fold);
    const raised = raise(record ?? openRecord(fold, told.level), {
      fold,
      level: told.level,
      reasons: told.reasons,
    });
    const link = incidentId === null ? null : { key, incidentId };
    return { record: raised, link, change: record === null ? "opened" : "changed" };
  }
  const record = context.linked ?? findStanding(fold);
  if (record === null) return null;
  const changed = change(record, fold);
  return { record: changed, link: null, change: changed === record ? "mention" : "changed" };
}

function change(record: IncidentRecord, fold: Fold): IncidentRecord {
  const { told, key } = fold.read;
  switch (told.kind) {
    case "level":
      return settle(record, fold);
    case "acknowledged":
      return acknowledge(record, { act: told.act, keys: keysAnsweredBy(fold) });
    case "further-alarm":
      // A device of the zone has told its alarm itself.
      if (record.standing.some((member) => member.key === told.id && member.level === "alarm")) return record;
      return raise(record, {
        fold,
        level: levelOf(record, key) ?? "alarm",
        reasons: told.reasons,
        isNew: true,
      });
    case "mention":
      return record;
  }
}

function findForLevel({ happening, read, context }: Fold): IncidentRecord | null {
  if (context.linked !== null) return context.linked;
  const place = context.places.of(happening.source);
  const kind = read.test ? "test" : "real";
  const ofPlace = context.known.filter((record) => record.place === place && record.kind === kind);
  const standing = ofPlace.find(({ over, closed }) => over === null && closed === null);
  return standing ?? ofPlace.find((record) => isJustOver(record, happening)) ?? null;
}

/** By the clock that says both where there is one, so that a backlog of hours is not taken for one moment. */
function isJustOver({ over }: IncidentRecord, happening: IncidentHappening): boolean {
  if (over === null) return false;
  const own = happening.event.atMicros - over.atMicros;
  const heard = happening.receivedAtMicros - over.receivedAtMicros;
  const gap = over.source === happening.source && own >= 0 ? own : Math.max(0, heard);
  return gap <= sameIncidentSeconds * microsPerSecond;
}

function findStanding({ happening, read, context }: Fold): IncidentRecord | null {
  const { source } = happening;
  const has = (keys: readonly string[]) => (record: IncidentRecord) =>
    record.standing.some(({ key }) => keys.includes(key));
  const own = context.known.find(has([read.key]));
  if (own !== undefined || read.told.kind === "level") return own ?? null;
  const place = context.places.of(source);
  return (
    context.known.find(has([source, `gas/${source}`])) ??
    context.known.find(
      (record) => record.place === place && record.standing.length > 0 && context.places.isZone(source),
    ) ??
    null
  );
}

function openRecord({ happening, read, context }: Fold, level: MemberLevel): IncidentRecord {
  const moment = momentOf(happening);
  return {
    id: context.newId(),
    place: context.places.of(happening.source),
    kind: read.test ? "test" : "real",
    severity: severityOf(level),
    devices: [],
    standing: [],
    alarms: 0,
    first: moment,
    firstReasons: [],
    reasons: [],
    acknowledged: null,
    over: null,
    closed: null,
    held: null,
    stages: { ...noStages, sensed: moment.atMicros, received: moment.receivedAtMicros },
  };
}

function momentOf({ source, event, receivedAtMicros }: IncidentHappening): IncidentMoment {
  return { source, atMicros: event.atMicros, receivedAtMicros };
}

function severityOf(level: MemberLevel): IncidentSeverity {
  return level === "holding" ? "alarm" : level;
}

function levelOf({ standing }: IncidentRecord, key: string): MemberLevel | null {
  return standing.find((member) => member.key === key)?.level ?? null;
}

interface Raising {
  readonly fold: Fold;
  readonly level: MemberLevel;
  readonly reasons: readonly Reason[];
  /** True where the caller knows that it is a new alarm. */
  readonly isNew?: boolean;
}

/** A source says prealarm, gas hazard or alarm: it stands, and what was over or closed is open again. */
function raise(record: IncidentRecord, { fold, level, reasons, isNew }: Raising): IncidentRecord {
  const { happening, read, context } = fold;
  const { key } = read;
  const before = record.standing.find((member) => member.key === key);
  const isNewAlarm = isNew ?? isAlarmOfItsOwn(record, { key, level });
  const isAnew = isNewAlarm || record.over !== null;
  const acknowledged = isAnew ? null : (before?.acknowledged ?? null);
  const others = record.standing
    .filter((member) => member.key !== key)
    // What a zone says anew it says of all its devices.
    .map((member) => (isNewAlarm && isZoneKey(key) ? { ...member, acknowledged: null } : member));
  const severity = higherSeverity(record.severity, severityOf(level));
  const isHigher = severity !== record.severity;
  const told = boundReasons(reasons.length > 0 ? reasons : record.reasons);
  const { source } = happening;
  const isKnown = record.devices.includes(source) || context.places.isZone(source);
  return {
    ...record,
    severity,
    devices: isKnown ? record.devices : [...record.devices, source],
    standing: [...others, { key, level, acknowledged }],
    alarms: record.alarms + (isNewAlarm ? 1 : 0),
    firstReasons: record.firstReasons.length > 0 ? record.firstReasons : told,
    reasons: told,
    acknowledged: isAnew ? null : record.acknowledged,
    over: null,
    closed: null,
    stages: isHigher
      ? { ...noStages, sensed: happening.event.atMicros, received: happening.receivedAtMicros }
      : record.stages,
  };
}

/** A zone repeats what its devices have told; what it says of itself is FIRE without them, and the end of a wait. */
function isAlarmOfItsOwn(
  { standing }: IncidentRecord,
  { key, level }: { readonly key: string; readonly level: MemberLevel },
): boolean {
  if (level === "prealarm") return false;
  if (!isZoneKey(key)) return true;
  const before = standing.find((member) => member.key === key)?.level;
  if (before === "holding" && level === "alarm") return true;
  if (before === "alarm" || before === "holding") return false;
  return !standing.some((member) => !isZoneKey(member.key) && member.level === "alarm");
}

function isZoneKey(key: string): boolean {
  return key.startsWith("zone/");
}

/** A source stands in it no longer. */
function settle(record: IncidentRecord, { happening, read }: Fold): IncidentRecord {
  const standing = record.standing.filter(({ key }) => key !== read.key);
  if (standing.length === record.standing.length) return record;
  if (standing.length === 0) return { ...record, standing, over: momentOf(happening) };
  return { ...record, standing, acknowledged: record.acknowledged ?? answerOf(standing) };
}

/** What an acknowledgement of this source answers: a device all of its own, a zone everything. */
function keysAnsweredBy({ happening: { source }, context }: Fold): readonly string[] | "all" {
  return context.places.isZone(source) ? "all" : [source, `gas/${source}`, `zone/${source}`];
}

/** Somebody has answered for some of an incident's sources; it counts as answered once all that alarm are. */
export function acknowledge(
  record: IncidentRecord,
  { act, keys }: { readonly act: Act; readonly keys: readonly string[] | "all" },
): IncidentRecord {
  if (record.over !== null) return record;
  const standing = record.standing.map((member) =>
    keys === "all" || keys.includes(member.key) ? { ...member, acknowledged: act } : member,
  );
  const answer = keys === "all" ? act : answerOf(standing);
  const acknowledged = record.acknowledged ?? answer;
  const isAnswered = record.acknowledged === null && acknowledged !== null;
  const stages = isAnswered ? { ...record.stages, acknowledged: act.atMicros } : record.stages;
  return { ...record, standing, acknowledged, stages };
}

/** Whoever stands highest has to be answered; a zone answers for itself only where no device stands. */
function answerOf(standing: readonly IncidentMember[]): Act | null {
  const alarming = standing.filter(({ level }) => level !== "prealarm");
  const highest = alarming.length > 0 ? alarming : standing;
  const devices = highest.filter(({ key }) => !isZoneKey(key));
  const asked = devices.length > 0 ? devices : highest;
  return asked.every(({ acknowledged }) => acknowledged !== null) ? (asked[0]?.acknowledged ?? null) : null;
}
