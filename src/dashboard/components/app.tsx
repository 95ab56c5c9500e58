import type { AlarmSound } from "../alarm-sound.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { ConnectionNotice } from "./connection-notice.tsx";
import { EventList } from "./event-list.tsx";
import { IncidentList } from "./incident-list.tsx";
import { LiveRegions } from "./live-regions.tsx";
import type { PageLayout } from "./page-layout.ts";
import { RoomCard } from "./room-card.tsx";
import { SiteBanner } from "./site-banner.tsx";
import { TopBar } from "./top-bar.tsx";
import { ViewToolbar } from "./view-toolbar.tsx";
import { ZoneList } from "./zone-list.tsx";

/** The whole page. */
export function App(props: {
  readonly store: DashboardStore;
  readonly sound: AlarmSound;
  readonly layout: PageLayout;
}) {
  const { store, sound, layout } = props;
  const rooms = store.rooms.value;
  return (
    <>
      <a class="skip" href="#rooms">
        Skip to the rooms
      </a>
      <TopBar store={store} sound={sound} layout={layout} />
      <ConnectionNotice store={store} />
      <SiteBanner store={store} layout={layout} />
      <main id="rooms" tabIndex={-1}>
        <ZoneList store={store} layout={layout} />
        {layout === "desk" && rooms.length > 0 && <ViewToolbar store={store} />}
        <div
          class="rooms"
          data-count={rooms.length}
          style={{ "--columns": String(Math.ceil(Math.sqrt(rooms.length))) }}
        >
          {rooms.map((room) => (
            <RoomCard key={room.id} store={store} room={room} layout={layout} />
          ))}
        </div>
        {layout === "desk" && <IncidentList store={store} />}
        <EventList store={store} layout={layout} />
      </main>
      <footer class="page-foot">
        <p>
          Emberwatch is not a certified fire alarm. It supplements fire detectors and panels, and replaces
          none.
        </p>
        {layout === "desk" && <a href="?wall">Wall screen</a>}
      </footer>
      <LiveRegions store={store} />
    </>
  );
}
