import { badInput } from "../failure.ts";
import type { WeeklySchedule } from "../weekly-schedule.ts";

/** Somebody who can be told, and how. */
export interface Contact {
  readonly name: string;
  /** Names of channels, the preferred one first. */
  readonly channels: readonly string[];
  /** When they are on duty, in the local time of `timeZone`; null: always. */
  readonly hours: WeeklySchedule | null;
  readonly timeZone: string;
}

/** Whom to tell when. */
export interface LadderStep {
  /** Seconds since the ladder began. */
  readonly afterSeconds: number;
  readonly contacts: readonly string[];
}

/** Steps in the order of their times. */
export interface Ladder {
  readonly steps: readonly LadderStep[];
}

/** The ladder of alarms: it has no end of its own but a person's answer, and nothing in it holds an alarm back. */
export interface AlarmLadder extends Ladder {
  /** The last step is taken again and again after so long, until somebody acknowledges. */
  readonly repeatSeconds: number;
}

/** The ladder of prealarms or troubles. */
export interface QuietLadder extends Ladder {
  /** The last step is taken again after so long, as a reminder; null: never. */
  readonly repeatSeconds: number | null;
  /** What comes anew this soon after it was told waits until then. Alarms know nothing like it. */
  readonly quietSeconds: number;
}

/** How a message is brought to a contact. */
export interface DeliveryPolicy {
  /** Times that a channel is tried for one message, before the contact's next channel is. */
  readonly attemptsMax: number;
  /** Wait before the second try; it doubles with each further one … */
  readonly backoffSeconds: number;
  /** … up to this. */
  readonly backoffSecondsMax: number;
  /** A channel that says nothing for so long has failed. */
  readonly receiptSeconds: number;
}

/** Who is told of what, and when. */
export interface EscalationPolicy {
  readonly contacts: readonly Contact[];
  readonly alarm: AlarmLadder;
  readonly prealarm: QuietLadder;
  readonly trouble: QuietLadder;
  readonly delivery: DeliveryPolicy;
}

/**
 * Defaults, our own choice: three tries within some ten seconds, so that the second channel comes before a person would
 * have missed the first.
 */
export const defaultDelivery: DeliveryPolicy = {
  attemptsMax: 3,
  backoffSeconds: 2,
  backoffSecondsMax: 60,
  receiptSeconds: 15,
};

/** Throws badInput "escalation-policy" for a policy by which somebody would not be told. */
export function checkEscalationPolicy(policy: EscalationPolicy): void {
  const { contacts, delivery } = policy;
  const names = contacts.map(({ name }) => name);
  const refuse = (what: string): never => {
    throw badInput("escalation-policy", what);
  };
  names.forEach((name, k) => {
    if (names.indexOf(name) !== k)
      refuse(`contacts: ${name} is there twice. Give each contact a name of its own.`);
  });
  for (const { name, channels } of contacts)
    if (new Set(channels).size !== channels.length)
      refuse(`contacts: ${name} has a channel twice. Name it once.`);
  for (const { name, channels } of contacts)
    if (channels.length === 0) refuse(`contacts: ${name} has no channel. Name one, or take the contact out.`);
  for (const ladder of ["alarm", "prealarm", "trouble"] as const)
    checkLadder(policy[ladder], { ladder, names });
  if (policy.alarm.steps.length === 0)
    refuse("alarm.steps: an alarm has to tell somebody. Give at least one step.");
  if (policy.alarm.repeatSeconds <= 0) refuse("alarm.repeatSeconds: give more than 0 s.");
  if (delivery.attemptsMax < 1 || delivery.receiptSeconds <= 0)
    refuse("delivery: give at least one attempt, and more than 0 s for a receipt.");
}

function checkLadder(
  { steps, repeatSeconds }: Ladder & { readonly repeatSeconds: number | null },
  { ladder, names }: { readonly ladder: string; readonly names: readonly string[] },
): void {
  const refuse = (what: string): never => {
    throw badInput("escalation-policy", `${ladder}.steps: ${what}`);
  };
  if (repeatSeconds !== null && repeatSeconds <= 0) refuse("repeatSeconds has to be more than 0 s.");
  steps.forEach(({ afterSeconds, contacts }, k) => {
    if (contacts.length === 0) refuse(`step ${k + 1} tells nobody. Name a contact.`);
    const unknown = contacts.find((name) => !names.includes(name));
    if (unknown !== undefined) refuse(`step ${k + 1} names ${unknown}, who is no contact.`);
    const before = steps[k - 1];
    if (before !== undefined && afterSeconds <= before.afterSeconds)
      refuse(`step ${k + 1} does not come after step ${k}. Order the steps by afterSeconds.`);
  });
  if (ladder === "alarm" && (steps[0]?.afterSeconds ?? 0) !== 0)
    refuse("the first step of an alarm waits for nothing: give it afterSeconds 0.");
}
