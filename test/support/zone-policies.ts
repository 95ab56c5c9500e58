import { minutesPerWeek, type WeeklySchedule } from "#core/weekly-schedule.ts";
import { defaultZonePolicy, type ZonePolicy } from "#core/zone/zone-policy.ts";

/** Staffed day and night. */
export const always: WeeklySchedule = [{ fromMinute: 0, toMinute: minutesPerWeek }];

/** Outputs wait for an investigation, day and night. */
export const investigation: ZonePolicy = {
  ...defaultZonePolicy,
  staffedDelay: "investigation",
  staffed: always,
};
