/** How the alarm machine turns evidence into levels; every value can be set by the installation. */
export interface AlarmPolicy {
  /** Seconds of evidence for FIRE before the alarm, severe heat excepted: one odd second is no fire. */
  readonly alarmFilterSeconds: number;
  /** Seconds of thermal evidence before the prealarm; CO2 reasons have served their time in their own rule. */
  readonly prealarmFilterSeconds: number;
  /** Seconds without any evidence after which a prealarm ends by itself. An alarm never does. */
  readonly prealarmQuietSeconds: number;
  /** An alarm or prealarm this soon after a reset is the same incident going on. */
  readonly sameIncidentSeconds: number;
  /** Alarm reasons of one code nearer to each other than this are one cause; farther away is a new alarm. */
  readonly sameCausePixels: number;
  /** How long a disablement lasts when nobody says how long. */
  readonly disableMinutesDefault: number;
  /** How long a test lasts when nobody says how long. */
  readonly testMinutesDefault: number;
  /** Longest disablement or test that is taken; longer requests are cut to it. */
  readonly conditionMinutesMax: number;
  /** Steps out of order by no more than this count as simultaneous; an earlier time than that is a clock set back. */
  readonly reorderSecondsMax: number;
}

/**
 * Defaults. With the rules' own 4 to 5 s an alarm filter of 2 s keeps the whole decision under the 10 s that EN 54-2
 * and NFPA 72 allow from signal to alarm; 20 s for a persisting cause is the product's own promise.
 */
export const defaultAlarmPolicy: AlarmPolicy = {
  alarmFilterSeconds: 2,
  prealarmFilterSeconds: 3,
  prealarmQuietSeconds: 30,
  sameIncidentSeconds: 20,
  sameCausePixels: 24,
  disableMinutesDefault: 60,
  testMinutesDefault: 30,
  conditionMinutesMax: 1440,
  reorderSecondsMax: 5,
};
