import type { Act, AlarmState, Incident } from "#core/alarm/alarm-state.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { IntegrationsConfig } from "../integrations-config.ts";
import type { CapAlert, CapInfo, CapStatus } from "./cap-alert.ts";

/** How a hub calls itself in alerts; with a sender, without which it sends none. */
export type AlertSettings = Omit<IntegrationsConfig["alerts"], "sender"> & { readonly sender: string };

/** What an alert is made of. */
export interface AlarmAlertFacts {
  readonly device: Pick<DeviceView, "id" | "name" | "source">;
  readonly state: Pick<AlarmState, "incident" | "lastIncident" | "test">;
  /** Since when the device is silent, so that this is its last word; null while it is heard. */
  readonly silentSinceMicros: number | null;
}

/**
 * The newest message on a device's alarm: Alert when FIRE began, Update since somebody acknowledged it, Cancel once it
 * was reset and while that is remembered. Null where there has been no FIRE: a prealarm is no alert. The same alarm gives
 * the same identifiers however often it is asked for, so that a receiver takes each message once.
 */
export function alarmAlert(facts: AlarmAlertFacts, settings: AlertSettings): CapAlert | null {
  const { incident, lastIncident } = facts.state;
  if (incident !== null) return standing({ facts, settings, incident });
  if (lastIncident === null) return null;
  const newest = standing({ facts, settings, incident: lastIncident.incident });
  if (newest === null) return null;
  return {
    ...newest,
    identifier: identifierOf(facts.device.id, lastIncident.incident, "cancel"),
    sentAtMicros: lastIncident.resetAtMicros,
    msgType: "Cancel",
    note: "The alarm has been reset.",
    references: [...newest.references, newest],
    info: null,
  };
}

function standing(alarm: {
  readonly facts: AlarmAlertFacts;
  readonly settings: AlertSettings;
  readonly incident: Incident;
}): CapAlert | null {
  const { facts, settings, incident } = alarm;
  const { device } = facts;
  const { addresses, sender } = settings;
  if (incident.firstAlarmAtMicros === null) return null;
  const first: CapAlert = {
    identifier: identifierOf(device.id, incident, "alert"),
    sender,
    sentAtMicros: incident.firstAlarmAtMicros,
    status: statusOf(facts, settings.status),
    msgType: "Alert",
    source: `Emberwatch device ${device.id}`,
    scope:
      addresses.length > 0
        ? { kind: "Private", addresses }
        : { kind: "Restricted", restriction: "For those who look after this site" },
    note: null,
    references: [],
    incident: plain(incident.id),
    info: infoOf({ ...alarm, alarmAtMicros: incident.firstAlarmAtMicros }),
  };
  const { acknowledged } = incident;
  if (acknowledged === null) return first;
  return updated(first, { identifier: identifierOf(device.id, incident, "update"), acknowledged });
}

function updated(
  first: CapAlert,
  { identifier, acknowledged }: { readonly identifier: string; readonly acknowledged: Act },
): CapAlert {
  const reason = acknowledged.reason === "" ? "" : ` (${acknowledged.reason})`;
  return {
    ...first,
    identifier,
    sentAtMicros: acknowledged.atMicros,
    msgType: "Update",
    note: `Acknowledged by ${acknowledged.by}${reason}; the alarm stands until its reset.`,
    references: [first],
  };
}

/** What did not come of a real room, or while a test is on, is no actual alert. */
function statusOf({ device, state }: AlarmAlertFacts, status: CapStatus): CapStatus {
  return state.test !== null || device.source !== "camera" ? "Test" : status;
}

function infoOf(alarm: {
  readonly facts: AlarmAlertFacts;
  readonly settings: AlertSettings;
  readonly incident: Incident;
  readonly alarmAtMicros: number;
}): CapInfo {
  const { facts, settings, incident, alarmAtMicros } = alarm;
  const { device, silentSinceMicros } = facts;
  const reasons = incident.firstReasons.map(({ text }) => text);
  const silence =
    silentSinceMicros === null
      ? []
      : ["The device has been silent since: this is the last that is known of the room."];
  return {
    event: "Fire alarm",
    urgency: "Immediate",
    severity: incident.firstReasons.some(({ code }) => code === "severe-heat") ? "Extreme" : "Severe",
    // A detector has said so and nobody has looked yet, as far as this message knows.
    certainty: "Likely",
    onsetAtMicros: alarmAtMicros,
    senderName: "Emberwatch",
    headline: `Fire alarm: ${device.name}`.slice(0, 160),
    description: [...reasons, ...silence].join(" ") || "A fire detector has raised an alarm.",
    instruction: "Have somebody look at once, and call the fire service if it burns.",
    parameters: { "emberwatch-device": device.id, "emberwatch-alarms": String(incident.alarms) },
    area: {
      description: [settings.site, device.name].filter((part) => part !== "").join(": "),
      circle: settings.position,
    },
  };
}

function identifierOf(device: string, { id }: Incident, what: "alert" | "update" | "cancel"): string {
  return `${plain(device)}.${plain(id)}.${what}`;
}

/** An identifier may have neither spaces nor commas, "<" or "&". */
function plain(id: string): string {
  return id.replace(/[^\w.:-]/g, "_");
}
