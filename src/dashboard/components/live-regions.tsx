import type { DashboardStore } from "../dashboard-store.ts";
import { announcementsOf, politeZoneAnnouncement, zoneAnnouncement } from "../model/announcements.ts";

/** Speaks to screen readers: alarms at once, the rest when there is a pause. */
export function LiveRegions({ store }: { readonly store: DashboardStore }) {
  const { assertive, polite } = announcementsOf(store.situations.value, store.summary.value);
  const zones = zoneAnnouncement(store.zones.value);
  const zonesWhenQuiet = politeZoneAnnouncement(store.zones.value, store.hubNowMicros());
  return (
    <div class="unseen">
      <div aria-live="assertive" data-testid="announce-alarms">
        {[assertive, zones].filter((text) => text !== "").join(" ")}
      </div>
      <div aria-live="polite" data-testid="announce-troubles">
        {[polite, zonesWhenQuiet].filter((text) => text !== "").join(" ")}
      </div>
    </div>
  );
}
