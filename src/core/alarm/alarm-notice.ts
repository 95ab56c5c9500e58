import type { Reason } from "./reason.ts";
import type { TroubleCode } from "./trouble.ts";

/** A disablement kept something back that would have raised this level. */
export interface WouldHaveAlarmedNotice {
  readonly type: "would-have-alarmed";
  readonly atMicros: number;
  readonly level: "prealarm" | "alarm";
  readonly reasons: readonly Reason[];
  /** The regions that are disabled; empty when the whole detector is. */
  readonly regions: readonly string[];
}

/** Faults have stood for a day since they were told last. */
export interface TroubleReminderNotice {
  readonly type: "trouble-reminder";
  readonly atMicros: number;
  readonly codes: readonly TroubleCode[];
}

/** Somebody has accepted usual heat as a hot zone at work, or has taken such a zone back: what alarms is another from now on. */
export interface HotZoneNotice {
  readonly type: "hot-zone-accepted" | "hot-zone-withdrawn";
  readonly atMicros: number;
  readonly name: string;
  readonly by: string;
  readonly peakCelsius: number;
  /** Pixels at 60 °C or more. */
  readonly areaPixels: number;
}

/** What a device tells beside its events: to be shown and logged, and nobody is called for it. */
export type AlarmNotice = WouldHaveAlarmedNotice | TroubleReminderNotice | HotZoneNotice;
