import type { AlarmLevel, AlarmState } from "#core/alarm/alarm-state.ts";
import { isTestIncident } from "#core/alarm/incident.ts";

/** What a device's own outputs (relay, sounder, lamp) are to show. */
export interface LocalOutput {
  readonly level: AlarmLevel;
  /** Sounders sound; false after somebody silenced them, until a new alarm. */
  readonly sounding: boolean;
  /** GAS HAZARD: do not enter. */
  readonly gasHazard: boolean;
  /** A test made what they would show: whoever is called by these outputs is not to be called now. */
  readonly test: boolean;
}

/** The outputs that belong to an alarm state. */
export function localOutput(state: AlarmState): LocalOutput {
  return {
    level: state.level,
    sounding: state.sounding,
    gasHazard: state.gasHazard.length > 0,
    // An incident that began before the test is real and stays real.
    test: state.incident === null ? state.test !== null : isTestIncident(state.incident),
  };
}

/** True when two outputs are the same, so that nothing need be switched. */
export function isSameOutput(one: LocalOutput, other: LocalOutput | null): boolean {
  return (
    other !== null &&
    one.level === other.level &&
    one.sounding === other.sounding &&
    one.gasHazard === other.gasHazard &&
    one.test === other.test
  );
}
