import { z } from "zod";
import { defaultDelivery, type EscalationPolicy } from "#core/incident/escalation-policy.ts";
import { isTimeZone } from "#core/time-zone.ts";
import { scheduleTextSchema } from "./schedule-text.ts";

/** Most contacts and most steps of a ladder that are taken. */
const contactsMax = 64;
const stepsMax = 16;
const channelsMax = 8;

const personName = z.string().trim().min(1).max(100);
/** What a channel is called, in the configuration and in receipts. */
export const channelNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, "a channel's name is 1 to 31 of a–z, 0–9 and '-'");
const timeZone = z.string().refine(isTimeZone, "is like Europe/Berlin");
const dayMax = 24 * 3600;

const contactSchema = z.strictObject({
  name: personName,
  channels: z.array(channelNameSchema).min(1).max(channelsMax).describe("the preferred one first"),
  hours: scheduleTextSchema
    .optional()
    .describe('on duty, lines like "mon-fri 08:00-18:00"; left out: always'),
  timeZone: timeZone.optional(),
});

const steps = z
  .array(
    z.strictObject({
      afterSeconds: z.number().min(0).max(dayMax),
      contacts: z.array(personName).min(1).max(contactsMax),
    }),
  )
  .min(1)
  .max(stepsMax);
const repeatSeconds = z
  .number()
  .min(10)
  .max(30 * dayMax);
const quietSeconds = z.number().min(0).max(dayMax);

const alarmSchema = z.strictObject({
  steps: steps.optional().describe("left out: everybody at once"),
  repeatSeconds: repeatSeconds.default(300).describe("the last step again, until somebody acknowledges"),
});
const prealarmSchema = z.strictObject({
  steps: steps.optional().describe("left out: everybody at once"),
  repeatSeconds: repeatSeconds.nullable().default(null).describe("the last step again; null: never"),
  quietSeconds: quietSeconds.default(60).describe("the same prealarm is not told again sooner"),
});
const troubleSchema = z.strictObject({
  steps: steps.optional().describe("left out: everybody after a minute"),
  repeatSeconds: repeatSeconds.nullable().default(dayMax).describe("reminder while it stands; null: none"),
  quietSeconds: quietSeconds.default(900).describe("faults of a device are not told again sooner"),
});
const deliverySchema = z.strictObject({
  attemptsMax: z.int().min(1).max(10).default(defaultDelivery.attemptsMax),
  backoffSeconds: z.number().min(0.1).max(600).default(defaultDelivery.backoffSeconds),
  backoffSecondsMax: z.number().min(0.1).max(3_600).default(defaultDelivery.backoffSecondsMax),
  receiptSeconds: z.number().min(1).max(120).default(defaultDelivery.receiptSeconds),
});

/** Who is told of what, as somebody writes it into a file: the keys of `up --notify`. */
export const escalationPolicyKeys = {
  timeZone: timeZone.default("UTC").describe("of contacts that name none"),
  contacts: z.array(contactSchema).min(1).max(contactsMax),
  alarm: alarmSchema.prefault({}),
  prealarm: prealarmSchema.prefault({}),
  trouble: troubleSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
} as const;

const keysSchema = z.strictObject(escalationPolicyKeys);

/** The file of `up --notify`. */
export const escalationFileSchema = z.strictObject({ version: z.literal(1), ...escalationPolicyKeys });
/** See `escalationFileSchema`. */
export type EscalationFile = z.output<typeof escalationFileSchema>;

/** A policy out of what somebody wrote; what its values mean together is checked by `checkEscalationPolicy`. */
export function escalationPolicyOf(written: z.output<typeof keysSchema>): EscalationPolicy {
  const contacts = written.contacts.map(({ name, channels, hours, timeZone }) => {
    return { name, channels, hours: hours ?? null, timeZone: timeZone ?? written.timeZone };
  });
  const everybody = (afterSeconds: number) => [{ afterSeconds, contacts: contacts.map(({ name }) => name) }];
  const { alarm, prealarm, trouble, delivery } = written;
  return {
    contacts,
    alarm: { ...alarm, steps: alarm.steps ?? everybody(0) },
    prealarm: { ...prealarm, steps: prealarm.steps ?? everybody(0) },
    trouble: { ...trouble, steps: trouble.steps ?? everybody(60) },
    delivery,
  };
}
