import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { type RoomSituation, whyUnknown } from "./room-knowledge.ts";

/** The lamps of a device in the order of a fire panel. */
export const lampNames = [
  "fire",
  "gas-hazard",
  "prealarm",
  "supervisory",
  "trouble",
  "disabled",
  "test",
] as const;
/** Name of one lamp. */
export type LampName = (typeof lampNames)[number];

/** Colour family of a lamp, banner or event; always beside words and a shape, never alone. */
export type Tone = LampName | "unknown" | "quiet";

/** One lamp as it is to be shown. */
export interface Lamp {
  readonly name: LampName;
  readonly label: string;
  /** `unknown` is a lamp that was off when the device was last heard: nobody can say that it is off now. */
  readonly status: "on" | "off" | "unknown";
  /** True where the lamp is on by what was last heard only. */
  readonly lastKnown: boolean;
  /** True while somebody has to acknowledge. */
  readonly urgent: boolean;
}

/** What each lamp is called. */
export const lampLabels: Readonly<Record<LampName, string>> = {
  fire: "FIRE",
  "gas-hazard": "GAS HAZARD",
  prealarm: "PREALARM",
  supervisory: "SUPERVISORY",
  trouble: "TROUBLE",
  disabled: "DISABLED",
  test: "TEST",
};

/**
 * The lamps of a room. A lamp that was on stays on when the device falls silent, because a fire does not go out with
 * the link; a lamp that was off becomes unknown. GAS HAZARD is listed only while it is on.
 */
export function lampsOf(room: RoomSituation): readonly Lamp[] {
  const unknown = whyUnknown(room) !== null;
  const { state } = room.view;
  const lamps = lampNames.map((name): Lamp => {
    const silent = name === "trouble" && isSilent(room);
    const on = silent || (state !== null && isOn(name, state));
    return {
      name,
      label: lampLabels[name],
      status: on ? "on" : unknown ? "unknown" : "off",
      lastKnown: on && unknown && !silent,
      urgent: on && (name === "fire" || name === "prealarm") && isUnacknowledged(state),
    };
  });
  return lamps.filter((lamp) => lamp.name !== "gas-hazard" || lamp.status === "on");
}

/** Silence of a device is a fault of its own; the end of a recording and a lost hub are told otherwise. */
function isSilent(room: RoomSituation): boolean {
  const { state, ended } = room.view;
  return room.link === "up" && ended !== true && state !== null && whyUnknown(room) !== null;
}

function isOn(name: LampName, state: AlarmState): boolean {
  switch (name) {
    case "fire":
      return state.level === "alarm";
    case "prealarm":
      return state.level === "prealarm";
    case "gas-hazard":
      return state.gasHazard.length > 0;
    case "supervisory":
      return state.supervisory.length > 0;
    case "trouble":
      return state.troubles.length > 0;
    case "disabled":
      return state.disabled !== null || state.disabledRegions.length > 0;
    case "test":
      return state.test !== null;
  }
}

function isUnacknowledged(state: AlarmState | null): boolean {
  return state !== null && state.incident !== null && state.incident.acknowledged === null;
}
