import { microsPerSecond } from "../time.ts";
import { changeEscalation, type EscalationDraft, nextNumber } from "./escalation-draft.ts";
import type { ReceiptInput } from "./escalation-input.ts";
import type { Contact } from "./escalation-policy.ts";
import type { ChannelState, Delivery, MessageKind } from "./escalation-state.ts";

/**
 * Messages of a subject that are known on after a channel took them; the oldest beyond it is forgotten, so that its
 * channel can no longer take it back.
 */
export const sentKeptMax = 64;

/** A message to some contacts. */
export interface Message {
  readonly subject: string;
  readonly kind: MessageKind;
  readonly contacts: readonly string[];
}

/** Begins to bring a message to each of these contacts; one that the policy does not know is passed over. */
export function sendMessage(draft: EscalationDraft, { subject, kind, contacts }: Message): void {
  const message = nextNumber(draft);
  for (const name of new Set(contacts)) {
    const channel = contactOf(draft, name)?.channels[0];
    if (channel === undefined) continue;
    // The newer message takes the place of one that waits for its next try; none is ever left out.
    dropDeliveries(
      draft,
      (known) =>
        known.subject === subject &&
        known.contact === name &&
        known.kind === kind &&
        known.phase === "waiting",
    );
    attemptDelivery(draft, { subject, kind, contact: name, message, channel, attempt: 1 });
  }
}

/** Tries one channel once, without a second try and without another channel. */
export function sendTestMessage(
  draft: EscalationDraft,
  to: { readonly contact: string; readonly channel: string },
): void {
  attemptDelivery(draft, { ...to, subject: "test", kind: "test", message: nextNumber(draft), attempt: 1 });
}

/** Forgets messages on their way. */
export function dropDeliveries(draft: EscalationDraft, isDropped: (delivery: Delivery) => boolean): void {
  changeEscalation(draft, { deliveries: draft.state.deliveries.filter((known) => !isDropped(known)) });
}

/** Takes what a channel says of a notification. One that nothing is known of any more changes nothing. */
export function takeReceipt(draft: EscalationDraft, { id, outcome, text }: ReceiptInput): void {
  const delivery = draft.state.deliveries.find((known) => known.id === id);
  // One that is overdue has been counted as failed already; that it was taken after all is good news.
  if (delivery === undefined || (outcome === "failed" && delivery.phase === "waiting")) return;
  if (outcome === "failed") {
    failDelivery(draft, delivery, text);
    return;
  }
  noteChannel(draft, { name: delivery.channel, failures: 0, text: "" });
  if (delivery.kind === "test") dropDeliveries(draft, (known) => known.id === id);
  else replace(draft, { ...delivery, phase: "sent", dueMicros: null });
  forgetOldest(draft, delivery.subject);
}

/** After a restart nobody knows what became of what was under way: it is given again, and has its whole time again. */
export function resumeDeliveries(draft: EscalationDraft): void {
  const dueMicros = draft.state.elapsedMicros + draft.policy.delivery.receiptSeconds * microsPerSecond;
  for (const delivery of draft.state.deliveries) {
    if (delivery.phase !== "under-way") continue;
    const { id, subject, contact, channel, kind, attempt } = delivery;
    replace(draft, { ...delivery, dueMicros });
    draft.effects.push({ type: "notify", id, subject, contact, channel, kind, attempt });
  }
}

/** Counts receipts that are overdue as failures, and tries again what is due. */
export function runDeliveries(draft: EscalationDraft): void {
  const { elapsedMicros, deliveries } = draft.state;
  for (const delivery of deliveries) {
    if (delivery.dueMicros === null || delivery.dueMicros > elapsedMicros) continue;
    if (delivery.phase === "under-way") failDelivery(draft, delivery, "It has said nothing.");
    else {
      dropDeliveries(draft, (known) => known.id === delivery.id);
      attemptDelivery(draft, { ...delivery, attempt: delivery.attempt + 1 });
    }
  }
}

function contactOf({ policy }: EscalationDraft, name: string): Contact | undefined {
  return policy.contacts.find((contact) => contact.name === name);
}

function attemptDelivery(
  draft: EscalationDraft,
  next: Pick<Delivery, "subject" | "kind" | "contact" | "message" | "channel" | "attempt">,
): void {
  const { subject, kind, contact, message, channel, attempt } = next;
  const names = [subject, contact, channel].map(encodeURIComponent);
  const id = `${names[0]}/${message}/${names[1]}/${names[2]}/${attempt}`;
  const dueMicros = draft.state.elapsedMicros + draft.policy.delivery.receiptSeconds * microsPerSecond;
  const delivery: Delivery = {
    id,
    subject,
    contact,
    kind,
    message,
    channel,
    attempt,
    phase: "under-way",
    dueMicros,
  };
  changeEscalation(draft, { deliveries: [...draft.state.deliveries, delivery] });
  draft.effects.push({ type: "notify", id, subject, contact, channel, kind, attempt });
}

function failDelivery(draft: EscalationDraft, delivery: Delivery, text: string): void {
  const { delivery: policy } = draft.policy;
  const { channel, attempt } = delivery;
  const before = draft.state.channels.find(({ name }) => name === channel)?.failures ?? 0;
  noteChannel(draft, { name: channel, failures: before + 1, text });
  const channels = contactOf(draft, delivery.contact)?.channels ?? [];
  const next = channels[channels.indexOf(channel) + 1];
  const isKnown = channels.includes(channel);
  if (
    delivery.kind !== "test" &&
    isKnown &&
    delivery.phase !== "sent" &&
    attempt < attemptsFor(draft, { channel, next })
  ) {
    const backoffSeconds = Math.min(policy.backoffSeconds * 2 ** (attempt - 1), policy.backoffSecondsMax);
    const dueMicros = draft.state.elapsedMicros + Math.round(backoffSeconds * microsPerSecond);
    replace(draft, { ...delivery, phase: "waiting", dueMicros });
    return;
  }
  dropDeliveries(draft, (known) => known.id === delivery.id);
  if (delivery.kind !== "test" && isKnown && next !== undefined)
    attemptDelivery(draft, { ...delivery, channel: next, attempt: 1 });
}

/** A channel that is known to fail keeps nobody from the next one. */
function attemptsFor(
  { state, policy }: EscalationDraft,
  { channel, next }: { readonly channel: string; readonly next: string | undefined },
): number {
  const fails = state.channels.some(({ name, standing }) => name === channel && standing === "trouble");
  return fails && next !== undefined ? 1 : policy.delivery.attemptsMax;
}

function noteChannel(
  draft: EscalationDraft,
  { name, failures, text }: { readonly name: string; readonly failures: number; readonly text: string },
): void {
  const known = draft.state.channels.find((channel) => channel.name === name);
  const others = draft.state.channels.filter((channel) => channel.name !== name);
  const isTrouble = failures >= draft.policy.delivery.attemptsMax;
  const wasTrouble = known?.standing === "trouble";
  // Once in trouble, only a message that is taken ends it.
  const standing: ChannelState["standing"] = isTrouble || (wasTrouble && failures > 0) ? "trouble" : "works";
  changeEscalation(draft, { channels: failures === 0 ? others : [...others, { name, failures, standing }] });
  if (standing === "trouble" && !wasTrouble) {
    const said = `The channel ${name} has failed ${failures} times: ${text}`.slice(0, 500);
    draft.effects.push({ type: "channel-trouble", channel: name, active: true, text: said });
  } else if (standing === "works" && wasTrouble) {
    const said = `The channel ${name} works again.`;
    draft.effects.push({ type: "channel-trouble", channel: name, active: false, text: said });
  }
}

function replace(draft: EscalationDraft, delivery: Delivery): void {
  changeEscalation(draft, {
    deliveries: draft.state.deliveries.map((known) => (known.id === delivery.id ? delivery : known)),
  });
}

function forgetOldest(draft: EscalationDraft, subject: string): void {
  const sent = draft.state.deliveries.filter((known) => known.subject === subject && known.phase === "sent");
  const oldest = sent.length > sentKeptMax ? sent[0] : undefined;
  if (oldest !== undefined) dropDeliveries(draft, ({ id }) => id === oldest.id);
}
