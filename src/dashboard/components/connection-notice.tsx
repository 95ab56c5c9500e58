import type { DashboardStore } from "../dashboard-store.ts";
import { localTimeText } from "../text/local-time-text.ts";

/** Says, big, that what the page shows is old or not understood. */
export function ConnectionNotice({ store }: { readonly store: DashboardStore }) {
  return (
    <>
      <div class="connection-region" role="alert">
        {store.link.value === "down" && <LostConnection store={store} />}
      </div>
      {store.notUnderstood.value > 0 && (
        <p class="notice-bar">
          The hub sent something this page does not understand. Reload the page; if this stays, hub and page
          are of different versions.
        </p>
      )}
    </>
  );
}

function LostConnection({ store }: { readonly store: DashboardStore }) {
  const lostAt = store.lostAtMicros.value;
  const since = lostAt === null ? "" : ` since ${localTimeText(lostAt, { nowMicros: lostAt })}`;
  return (
    <div class="connection-lost">
      <p>
        <strong>No connection to the hub{since}.</strong>{" "}
        {store.rooms.value.length > 0 ? "What you see is old." : "Nothing can be shown."} The page keeps
        trying.
      </p>
      <button type="button" class="button" onClick={() => store.reconnectNow()}>
        Try now
      </button>
    </div>
  );
}
