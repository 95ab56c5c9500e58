import { microsPerSecond } from "../time.ts";
import { dropDeliveries, sendMessage } from "./deliveries.ts";
import {
  changeEscalation,
  type EscalationDraft,
  nextNumber,
  putSubject,
  subjectOf,
} from "./escalation-draft.ts";
import type { IncidentInput, TroubleChangeInput } from "./escalation-input.ts";
import type { AlarmLadder, EscalationPolicy, QuietLadder } from "./escalation-policy.ts";
import type { EscalationSubject } from "./escalation-state.ts";
import { chooseOnDuty } from "./on-duty.ts";

/** A trouble outside of everybody's hours waits for somebody; it is looked again after so long. */
const lookAgainMicros = 60 * microsPerSecond;

/** Takes how an incident is now. */
export function takeIncident(draft: EscalationDraft, input: IncidentInput): void {
  const known = subjectOf(draft, input.id);
  const { id, severity, devices, alarms, standing } = input;
  if (known === null && standing === "over") return;
  if (known === null) {
    const fresh = { ...newSubject(draft, { id, severity, devices }), alarms };
    if (standing === "acknowledged") putSubject(draft, { ...fresh, phase: "acknowledged", dueMicros: null });
    else beginRound(draft, fresh);
    return;
  }
  const isRaised = known.severity === "prealarm" && severity === "alarm";
  const now = { ...known, devices, alarms, severity: isRaised ? severity : known.severity };
  if (standing === "over") end(draft, now);
  else if (standing === "acknowledged") answer(draft, now);
  else if (isRaised || known.phase !== "running") beginRound(draft, now);
  else if (alarms > known.alarms) tellAgain(draft, now);
  else putSubject(draft, now);
}

/** Takes a fault that has come or gone. */
export function takeTrouble(draft: EscalationDraft, { source, code, active }: TroubleChangeInput): void {
  const id = `trouble-${source}`;
  const known = subjectOf(draft, id);
  if (active === (known?.codes.includes(code) ?? false)) return;
  const subject = known ?? newSubject(draft, { id, severity: "trouble", devices: [source] });
  if (active) beginRound(draft, { ...subject, codes: [...subject.codes, code] });
  else {
    const codes = subject.codes.filter((other) => other !== code);
    if (codes.length === 0) end(draft, { ...subject, codes });
    else putSubject(draft, { ...subject, codes });
  }
}

/** Takes every step that is due. */
export function runLadders(draft: EscalationDraft): void {
  for (const { id, phase } of draft.state.subjects) {
    if (phase !== "running") continue;
    hastenUnreached(draft, id);
    // All steps may be due at once after a power cut, and then the repetition; no more is taken at one time.
    const stepsMax = (subjectLadder(draft, id)?.steps.length ?? 0) + 1;
    for (let taken = 0; taken < stepsMax; taken += 1) {
      const subject = subjectOf(draft, id);
      if (subject === null || !isDue(draft, subject)) break;
      takeStep(draft, subject);
    }
  }
}

/** Forgets what is over, once its last words are told and what is quiet may be told again. */
export function forgetSubjects(draft: EscalationDraft): void {
  const { elapsedMicros, deliveries, subjects } = draft.state;
  // Sets, because a backlog may bring thousands that are over before any message has its receipt.
  const pending = new Set(deliveries.flatMap(({ subject, phase }) => (phase === "sent" ? [] : [subject])));
  const gone = subjects.filter(
    (subject) =>
      subject.phase === "over" &&
      quietUntil(draft.policy, subject) <= elapsedMicros &&
      !pending.has(subject.id),
  );
  if (gone.length === 0) return;
  const goneIds = new Set(gone.map(({ id }) => id));
  changeEscalation(draft, {
    subjects: subjects.filter(({ id }) => !goneIds.has(id)),
    deliveries: deliveries.filter(({ subject }) => !goneIds.has(subject)),
  });
}

function newSubject(
  { state }: EscalationDraft,
  fields: Pick<EscalationSubject, "id" | "severity" | "devices">,
): EscalationSubject {
  return {
    ...fields,
    alarms: 0,
    codes: [],
    phase: "running",
    round: 0,
    roundAtMicros: state.elapsedMicros,
    nextStep: 0,
    dueMicros: null,
    toldAtMicros: null,
    told: [],
  };
}

function ladderOf(policy: EscalationPolicy, { severity }: EscalationSubject): AlarmLadder | QuietLadder {
  return policy[severity];
}

function subjectLadder(draft: EscalationDraft, id: string): AlarmLadder | QuietLadder | null {
  const subject = subjectOf(draft, id);
  return subject === null ? null : ladderOf(draft.policy, subject);
}

/** When a subject may be told anew; an alarm always may. */
function quietUntil(policy: EscalationPolicy, subject: EscalationSubject): number {
  if (subject.severity === "alarm" || subject.toldAtMicros === null) return 0;
  return subject.toldAtMicros + policy[subject.severity].quietSeconds * microsPerSecond;
}

/** The ladder begins at its first step; whoever was told before may be told again. */
function beginRound(draft: EscalationDraft, subject: EscalationSubject): void {
  const [first] = ladderOf(draft.policy, subject).steps;
  const isWaiting =
    subject.severity === "trouble" &&
    subject.phase === "running" &&
    subject.nextStep === 0 &&
    subject.dueMicros !== null;
  // A second fault while the first waits is told with it.
  const begins = isWaiting
    ? subject.roundAtMicros
    : Math.max(draft.state.elapsedMicros, quietUntil(draft.policy, subject));
  putSubject(draft, {
    ...subject,
    phase: "running",
    round: nextNumber(draft),
    roundAtMicros: begins,
    nextStep: 0,
    dueMicros: first === undefined ? null : begins + Math.round(first.afterSeconds * microsPerSecond),
    told: subject.phase === "running" ? subject.told : [],
  });
}

/** A new alarm in a standing one: whoever has been told is told at once, and the ladder goes on where it is. */
function tellAgain(draft: EscalationDraft, subject: EscalationSubject): void {
  putSubject(draft, subject);
  sendMessage(draft, { subject: subject.id, kind: subject.severity, contacts: subject.told });
}

/** Somebody has answered: nothing more is told but that. */
function answer(draft: EscalationDraft, subject: EscalationSubject): void {
  const { id, phase, told } = subject;
  putSubject(draft, { ...subject, phase: "acknowledged", dueMicros: null });
  if (phase !== "running") return;
  dropDeliveries(draft, (known) => known.subject === id);
  sendMessage(draft, { subject: id, kind: "acknowledged", contacts: told });
}

function end(draft: EscalationDraft, subject: EscalationSubject): void {
  const { id, phase, told } = subject;
  putSubject(draft, { ...subject, phase: "over", dueMicros: null });
  if (phase !== "running") return;
  dropDeliveries(draft, (known) => known.subject === id);
  if (told.length > 0) sendMessage(draft, { subject: id, kind: "over", contacts: told });
}

function isDue({ state }: EscalationDraft, { phase, dueMicros }: EscalationSubject): boolean {
  return phase === "running" && dueMicros !== null && dueMicros <= state.elapsedMicros;
}

/** Where no channel has taken a step's message and none is on its way, the next step waits no longer. */
function hastenUnreached(draft: EscalationDraft, id: string): void {
  const subject = subjectOf(draft, id);
  if (subject === null || subject.severity === "trouble" || subject.phase !== "running") return;
  const { steps } = ladderOf(draft.policy, subject);
  if (subject.told.length === 0 || subject.nextStep >= steps.length) return;
  if (draft.state.deliveries.some((delivery) => delivery.subject === id)) return;
  putSubject(draft, { ...subject, dueMicros: draft.state.elapsedMicros });
}

function takeStep(draft: EscalationDraft, subject: EscalationSubject): void {
  const { state, policy, nowMicros } = draft;
  const { elapsedMicros } = state;
  const held = snoozedUntil(draft, subject);
  if (held !== null) {
    putSubject(draft, { ...subject, dueMicros: held });
    return;
  }
  const ladder = ladderOf(policy, subject);
  const step = Math.min(subject.nextStep, ladder.steps.length - 1);
  const onDuty = chooseOnDuty(policy, ladder, { step, nowMicros });
  if (onDuty === null && subject.severity === "trouble") {
    putSubject(draft, { ...subject, dueMicros: elapsedMicros + lookAgainMicros });
    return;
  }
  // Outside of everybody's hours everybody is told rather than nobody.
  const chosen = onDuty ?? { step, contacts: policy.contacts.map(({ name }) => name) };
  const next = chosen.step + 1;
  const later = ladder.steps[next];
  const repeats =
    ladder.repeatSeconds === null ? null : elapsedMicros + ladder.repeatSeconds * microsPerSecond;
  putSubject(draft, {
    ...subject,
    nextStep: next,
    dueMicros:
      later === undefined
        ? repeats
        : subject.roundAtMicros + Math.round(later.afterSeconds * microsPerSecond),
    toldAtMicros: elapsedMicros,
    told: [...new Set([...subject.told, ...chosen.contacts])],
  });
  sendMessage(draft, { subject: subject.id, kind: subject.severity, contacts: chosen.contacts });
}

/** Until when a snooze holds a subject back; null where none does. Nothing ever holds an alarm back. */
function snoozedUntil({ state }: EscalationDraft, { severity, devices }: EscalationSubject): number | null {
  if (severity === "alarm" || devices.length === 0) return null;
  const ends = devices.map((device) => state.snoozes.find((snooze) => snooze.device === device)?.untilMicros);
  return ends.every((until) => until !== undefined) ? Math.min(...(ends as number[])) : null;
}
