import type { MessageKind } from "#core/incident/escalation-state.ts";
import type { IncidentRecord } from "#core/incident/incident-record.ts";

/** What a message says to a person. */
export interface Wording {
  readonly title: string;
  readonly text: string;
}

/** What is said of an incident. `nameOf` gives the name of a device or zone. */
export function wordIncident(
  kind: MessageKind,
  record: IncidentRecord,
  nameOf: (source: string) => string,
): Wording {
  const place = nameOf(record.place);
  const began = `It began at ${utc(record.first.receivedAtMicros)}.`;
  const why = record.reasons.map(({ text }) => text);
  const where = record.devices.map(nameOf).join(", ");
  const devices = where === "" ? [] : [`Told by ${where}.`];
  switch (kind) {
    case "acknowledged": {
      const { by = "somebody", reason = "" } = record.acknowledged ?? {};
      const said = reason === "" ? [] : [`"${reason}"`];
      return {
        title: `Acknowledged: ${place}`,
        text: [`${by} has acknowledged it.`, ...said, began].join(" "),
      };
    }
    case "over":
      return { title: `Over: ${place}`, text: ["It has been reset or has ended.", began].join(" ") };
    case "prealarm":
      return {
        title: `Prealarm: ${place}`,
        text: ["Look at it now.", ...why, ...devices, began].join(" "),
      };
    default: {
      const isGas = record.severity === "gas-hazard";
      const title = `${isGas ? "GAS HAZARD, do not enter" : "FIRE"}: ${place}`;
      const which = record.alarms > 1 ? [`This is alarm ${record.alarms} of incident ${record.id}.`] : [];
      return {
        title,
        text: [...why, ...devices, began, ...which, "Acknowledge it, or others are told."].join(" "),
      };
    }
  }
}

/** What is said of faults. */
export function wordTrouble(
  kind: MessageKind,
  { name, troubles }: { readonly name: string; readonly troubles: readonly string[] },
): Wording {
  if (kind === "over") return { title: `Trouble over: ${name}`, text: "No fault stands any more." };
  return { title: `Trouble: ${name}`, text: troubles.join(" ") };
}

const ownTexts: ReadonlyMap<string, string> = new Map([
  [
    "device-silent",
    "The hub hears nothing of it. Look at its power and its network; until then nobody watches there.",
  ],
  [
    "channel-failed",
    "Messages do not get through by this channel. Look at its settings, and send a test message.",
  ],
]);

/** What is said of one fault: the device's own words where they are known. */
export function wordCode(
  code: string,
  known: readonly { readonly code: string; readonly text: string }[],
): string {
  const text = known.find((trouble) => trouble.code === code)?.text ?? ownTexts.get(code) ?? "";
  return text === "" ? `${code}.` : `${code}: ${text}`;
}

/** A test message. */
export const testWording: Wording = {
  title: "Test message of Emberwatch",
  text: "Somebody wants to see whether messages reach you by this channel. Nothing burns.",
};

function utc(atMicros: number): string {
  return `${new Date(Math.floor(atMicros / 1_000)).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
