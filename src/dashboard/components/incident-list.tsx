import type { IncidentView } from "#wire/incident-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { incidentText } from "../text/incident-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { IncidentSheet } from "./incident-sheet.tsx";
import { LampIcon } from "./lamp-icon.tsx";

/** Incidents, newest first, with the time line of the one that is open; nothing while there is nothing to say. */
export function IncidentList({ store }: { readonly store: DashboardStore }) {
  const { incidents, nobody, older, problem } = store.incidents;
  if (incidents.value.length === 0 && nobody.value === null && problem.value === null) return null;
  return (
    <section class="events" aria-labelledby="incidents-title">
      <h2 id="incidents-title">Incidents</h2>
      {nobody.value !== null && <p class="incidents-nobody">{nobody.value}</p>}
      {problem.value !== null && (
        <p class="events-problem" role="status">
          Incidents could not be fetched. {problem.value}
        </p>
      )}
      <ol class="event-rows">
        {incidents.value.map((incident) => (
          <IncidentRow key={incident.id} store={store} incident={incident} />
        ))}
      </ol>
      {older.value !== null && (
        <button type="button" class="button events-older" onClick={() => void store.incidents.loadOlder()}>
          Older incidents
        </button>
      )}
    </section>
  );
}

function IncidentRow({
  store,
  incident,
}: {
  readonly store: DashboardStore;
  readonly incident: IncidentView;
}) {
  const { title, details, tone } = incidentText(incident, (id) => store.nameOfSource(id));
  const at = incident.first.receivedAtMicros;
  const opened = store.incidents.opened.value;
  const isOpen = opened?.incident.id === incident.id;
  const toggle = () => (isOpen ? store.incidents.close() : void store.incidents.open(incident.id));
  return (
    <li class="event incident" data-tone={tone}>
      <div class="event-heading">
        <time dateTime={new Date(at / 1_000).toISOString()}>
          {localTimeText(at, { nowMicros: store.hubNowMicros() })}
        </time>
        <span class="event-room">Incident {incident.id}</span>
      </div>
      <LampIcon tone={tone} name="event-icon" />
      <div class="event-words">
        <strong>{title}</strong>
        <p>{details.join(" ")}</p>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Hide" : "Show"} incident ${incident.id}`}
          onClick={toggle}
        >
          {isOpen ? "Hide" : "Show"}
        </button>
        {isOpen && opened !== null && <IncidentSheet store={store} detail={opened} />}
      </div>
    </li>
  );
}
