import type { AlarmLevel, AlarmState } from "#core/alarm/alarm-state.ts";

/** What a device's own outputs (relay, sounder, lamp) are to show. */
export interface LocalOutput {
  readonly level: AlarmLevel;
  /** Sounders sound; false after somebody silenced them, until a new alarm. */
  readonly sounding: boolean;
  /** GAS HAZARD: do not enter. */
  readonly gasHazard: boolean;
  /** A test is on: whoever is called by these outputs is not to be called now. */
  readonly test: boolean;
}

/** The outputs that belong to an alarm state. */
export function localOutput(state: AlarmState): LocalOutput {
  return {
    level: state.level,
    sounding: state.sounding,
    gasHazard: state.gasHazard.length > 0,
    test: state.test !== null,
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
