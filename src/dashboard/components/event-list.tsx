import type { DashboardStore } from "../dashboard-store.ts";
import { eventsMax, type LoggedEvent } from "../model/event-log.ts";
import { eventText } from "../text/event-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { LampIcon } from "./lamp-icon.tsx";
import type { PageLayout } from "./page-layout.ts";

/** What fits under the rooms without hiding them. */
const eventsOnWall = 3;

/** What happened, newest first, in words. */
export function EventList({
  store,
  layout,
}: {
  readonly store: DashboardStore;
  readonly layout: PageLayout;
}) {
  const all = store.events.value;
  const events = layout === "wall" ? all.slice(0, eventsOnWall) : all;
  return (
    <section class="events" aria-labelledby="events-title">
      <h2 id="events-title">Events</h2>
      {store.eventsProblem.value !== null && (
        <p class="events-problem" role="status">
          Events could not be fetched. {store.eventsProblem.value}
        </p>
      )}
      {events.length === 0 && store.eventsProblem.value === null && <p class="events-none">No events yet.</p>}
      <ol class="event-rows">
        {events.map((logged) => (
          <EventRow key={`${logged.device} ${logged.id}`} store={store} logged={logged} />
        ))}
      </ol>
      {layout === "desk" && <OlderEvents store={store} />}
    </section>
  );
}

function EventRow({ store, logged }: { readonly store: DashboardStore; readonly logged: LoggedEvent }) {
  const { title, details, tone } = eventText(logged.event, (id) => store.nameOf(id));
  const zone = store.hubZones.value.find((candidate) => candidate.id === logged.device);
  const at = logged.event.atMicros;
  return (
    <li class="event" data-tone={tone}>
      <div class="event-heading">
        <time dateTime={new Date(at / 1_000).toISOString()}>
          {localTimeText(at, { nowMicros: store.hubNowMicros() })}
        </time>
        <span class="event-room">{zone?.name ?? store.nameOf(logged.device)}</span>
      </div>
      <LampIcon tone={tone} name="event-icon" />
      <div class="event-words">
        <strong>{title}</strong>
        {details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
      </div>
    </li>
  );
}

function OlderEvents({ store }: { readonly store: DashboardStore }) {
  if (store.events.value.length >= eventsMax)
    return (
      <p class="events-end">
        This page shows the newest {eventsMax.toLocaleString("en")}; the hub keeps more.
      </p>
    );
  if (store.olderEvents.value === null) return null;
  return (
    <button type="button" class="button events-older" onClick={() => void store.loadOlderEvents()}>
      Older events
    </button>
  );
}
