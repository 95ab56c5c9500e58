import { callsPeople } from "#core/alarm/alarm-event-types.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import type { ReceiptedChannel } from "#wire/link-channel.ts";

/** Where an entry is sent. */
export function channelOf(entry: Pick<NewEntry, "class">): ReceiptedChannel {
  return entry.class === "telemetry" ? "telemetry-batch" : "event";
}

/** An event as the log keeps it: whatever calls people never goes for want of room. */
export function eventEntry(message: EventMessage): NewEntry {
  return {
    id: message.id,
    class: callsPeople(message.event) ? "alarm" : "event",
    body: JSON.stringify(message),
  };
}
