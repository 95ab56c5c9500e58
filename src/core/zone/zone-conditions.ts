import type { ZoneState } from "./zone-state.ts";

/**
 * What a zone shows, by priority: fire before danger to life by gas, then what asks somebody to look, then faults (the
 * order of NFPA 72: alarm, other life safety, supervisory, trouble), then what people have switched off.
 */
export const zoneConditionNames = [
  "fire",
  "gas-hazard",
  "holding",
  "prealarm",
  "supervisory",
  "trouble",
  "disabled",
  "test",
] as const;

/** See `zoneConditionNames`. */
export type ZoneConditionName = (typeof zoneConditionNames)[number];

/** All conditions that stand in a zone, the most urgent first; they stand beside each other. Empty: quiescent. */
export function zoneConditions(state: ZoneState): readonly ZoneConditionName[] {
  const { level, detectors, disabled, test } = state;
  const any = (test: (detector: (typeof detectors)[number]) => boolean): boolean => detectors.some(test);
  const stands: Readonly<Record<ZoneConditionName, boolean>> = {
    fire: level === "fire",
    "gas-hazard": any((one) => one.gasHazard),
    holding: level === "holding",
    prealarm: level === "prealarm",
    supervisory: any((one) => one.supervisory),
    trouble: any((one) => one.troubles > 0 || one.standing === "lost" || one.standing === "trouble"),
    disabled: disabled !== null || any((one) => one.standing === "disabled"),
    test: test !== null || any((one) => one.standing === "test"),
  };
  return zoneConditionNames.filter((name) => stands[name]);
}

/** What a zone's outputs are to do. No device's own sounder is among them: these never wait for a zone. */
export interface ZoneOutputs {
  /** To the fire panel: on from FIRE to the reset. */
  readonly panel: "on" | "off";
  /** Evacuation sounders: as the panel, until silenced. */
  readonly evacuation: "on" | "off";
}

/** The outputs that follow from a state; a test drives none. */
export function zoneOutputs({ incident, sounding }: ZoneState): ZoneOutputs {
  const isReal = incident?.stage === "fire" && incident.kind === "real";
  return { panel: isReal ? "on" : "off", evacuation: isReal && sounding ? "on" : "off" };
}
