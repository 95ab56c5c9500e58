import type { CciCounters } from "./cci.ts";
import type { VospiCounters } from "./vospi-counters.ts";

/** What the camera's owner counts, beyond what goes over the buses. */
export interface CameraCounters {
  /** Pictures given to the listener. */
  delivered: number;
  /** Pictures with the counter of the one before; they are dropped. */
  duplicates: number;
  /** Pictures whose pixels are no temperatures; they are given on as such. */
  rawCounts: number;
  /** Pictures given on as part of a flat-field correction, because the measuring range had changed. */
  held: number;
  /** Flat-field corrections seen. */
  corrections: number;
  /** Flat-field corrections started by the driver. */
  correctionsAsked: number;
  /** Changes of the measuring range seen. */
  gainChanges: number;
  /** Settings found otherwise than they should be, and set. */
  settingsChanged: number;
  /** Times the settings were looked through because no pictures came. */
  reconfigurations: number;
  /** Restarts by command. */
  reboots: number;
  /** Times the supply was switched off and on. */
  powerCycles: number;
  /** Failures of the SPI bus. */
  linkFailures: number;
}

/** Everything that a camera counts. */
export interface LeptonCounters {
  readonly video: Readonly<VospiCounters>;
  readonly control: Readonly<CciCounters>;
  readonly camera: Readonly<CameraCounters>;
  /** Pictures that this program had no time for. */
  readonly droppedMessages: number;
}

/** All counters at zero. */
export function zeroCameraCounters(): CameraCounters {
  return {
    delivered: 0,
    duplicates: 0,
    rawCounts: 0,
    held: 0,
    corrections: 0,
    correctionsAsked: 0,
    gainChanges: 0,
    settingsChanged: 0,
    reconfigurations: 0,
    reboots: 0,
    powerCycles: 0,
    linkFailures: 0,
  };
}
