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
  /** Alarm reasons nearer to each other than this are one cause, whatever rule speaks; farther away is a new alarm. */
  readonly sameCausePixels: number;
  /** Seconds with a valid picture after which a cause that was out of sight is a new alarm when it comes back. */
  readonly sameCauseSeconds: number;
  /** Seconds of thermal evidence after which a prealarm that nobody has acknowledged becomes FIRE. */
  readonly prealarmUnansweredSeconds: number;
  /** Seconds after which a prealarm becomes FIRE when the camera that gave its reason is lost. */
  readonly detectorLostSeconds: number;
  /** The same once somebody has acknowledged the prealarm and may be on the way to look. */
  readonly detectorLostAcknowledgedSeconds: number;
  /** Hours after which faults that stand are told of again; 0: never. */
  readonly troubleReminderHours: number;
  /** Longest disablement or test that is taken; longer requests are cut to it. */
  readonly conditionMinutesMax: number;
  /** Steps out of order by no more than this count as simultaneous; an earlier time than that is a clock set back. */
  readonly reorderSecondsMax: number;
}

/**
 * Defaults. With the rules' own 4 to 5 s an alarm filter of 2 s keeps the whole decision under the 10 s that EN 54-2
 * and NFPA 72 allow from signal to alarm; 20 s for a persisting cause is the product's own promise. An unanswered prealarm
 * waits as long as EN 54-2 lets an investigation delay an output (10 min); a lost detector as long as NFPA 72's positive
 * alarm sequence waits for an acknowledgement (15 s) and then for the investigation (180 s). A fault is told of again after
 * the 24 h after which NFPA 72 lets a silenced trouble signal sound again.
 */
export const defaultAlarmPolicy: AlarmPolicy = {
  alarmFilterSeconds: 2,
  prealarmFilterSeconds: 3,
  prealarmQuietSeconds: 30,
  sameIncidentSeconds: 20,
  sameCausePixels: 24,
  sameCauseSeconds: 60,
  prealarmUnansweredSeconds: 600,
  detectorLostSeconds: 15,
  detectorLostAcknowledgedSeconds: 180,
  troubleReminderHours: 24,
  conditionMinutesMax: 1440,
  reorderSecondsMax: 5,
};
