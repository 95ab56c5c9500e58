import { useState } from "preact/hooks";
import type { IncidentDetail, TimeLineEntry } from "#wire/incident-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { timeLineText } from "../text/incident-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { IncidentDialog, type IncidentQuestion } from "./incident-dialog.tsx";

/** One incident: its reasons, everything that happened in it and was done, and what a person can do to it. */
export function IncidentSheet({
  store,
  detail,
}: {
  readonly store: DashboardStore;
  readonly detail: IncidentDetail;
}) {
  const [question, ask] = useState<IncidentQuestion | null>(null);
  const { incident, timeLine, omitted } = detail;
  const { state, id, held, firstReasons } = incident;
  const notice = store.incidents.notice.value;
  const keys: readonly (readonly [IncidentQuestion, string])[] = [
    ...(state === "open" ? [["acknowledge", "Acknowledge…"] as const] : []),
    ...(state === "closed" ? [] : [["close", "Close…"] as const]),
    ["note", "Note…"],
    held === null ? ["hold", "Hold…"] : ["release", "End the hold…"],
  ];
  return (
    <div class="incident-sheet">
      {firstReasons.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
      <div class="incident-keys">
        {keys.map(([key, label]) => (
          <button key={key} type="button" class="button" onClick={() => ask(key)}>
            {label}
          </button>
        ))}
      </div>
      {notice !== null && (
        <p class="incident-notice" data-kind={notice.kind} role="status">
          {notice.text}
        </p>
      )}
      {omitted > 0 && <p>{omitted.toLocaleString("en")} lines in the middle are left out here.</p>}
      <ol class="incident-lines" aria-label={`Time line of incident ${id}`}>
        {timeLine.map((entry, k) => (
          // Lines are only ever appended, but for one left out in the middle of very long ones.
          <Line key={`${k} ${entry.atMicros}`} store={store} entry={entry} />
        ))}
      </ol>
      {question !== null && (
        <IncidentDialog store={store} incident={incident} question={question} onClose={() => ask(null)} />
      )}
    </div>
  );
}

function Line({ store, entry }: { readonly store: DashboardStore; readonly entry: TimeLineEntry }) {
  const { title, details } = timeLineText(entry, (id) => store.nameOfSource(id));
  const source = entry.type === "event" ? `${store.nameOfSource(entry.device)}: ` : "";
  return (
    <li>
      <time dateTime={new Date(entry.atMicros / 1_000).toISOString()}>
        {localTimeText(entry.atMicros, { nowMicros: store.hubNowMicros() })}
      </time>{" "}
      {source}
      {title}
      {details.length > 0 && `. ${details.join(" ")}`}
    </li>
  );
}
