import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { durationText } from "../text/duration-text.ts";
import { ActBar } from "./act-bar.tsx";
import { DevicePanel } from "./device-panel.tsx";
import { ExtraChannels } from "./extra-channels.tsx";
import { LampRow } from "./lamp-row.tsx";
import { ModelPanel } from "./model-panel.tsx";
import type { PageLayout } from "./page-layout.ts";
import { PartPanel } from "./part-panel.tsx";
import { RoomCharts } from "./room-charts.tsx";
import { SituationList } from "./situation-list.tsx";
import { ThermalPicture } from "./thermal-picture.tsx";

const sourceNames = { camera: "Camera", emulated: "Emulated room", replay: "Recording" } as const;

/** Everything about one room. */
export function RoomCard(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly layout: PageLayout;
}) {
  const { store, room, layout } = props;
  const view = room.view.value;
  const { newestAirAgeSeconds } = view;
  return (
    <article class="room" id={`room-${room.id}`} aria-labelledby={`name-${room.id}`}>
      <header class="room-head">
        <h2 id={`name-${room.id}`}>{view.name}</h2>
        <p class="room-source">
          {sourceNames[view.source]}
          {newestAirAgeSeconds !== null && newestAirAgeSeconds > airOldSeconds && (
            <> · air reading {durationText(newestAirAgeSeconds * 1_000)} old</>
          )}
        </p>
      </header>
      <LampRow situation={store.situationOf(room)} />
      <div class="room-body">
        <ThermalPicture store={store} room={room} />
        {layout === "desk" && <SituationList store={store} room={room} />}
        {layout === "desk" && <ActBar store={store} room={room} />}
        <RoomCharts store={store} room={room} />
        {layout === "desk" && <ModelPanel room={room} />}
        {layout === "desk" && <PartPanel store={store} room={room} />}
        {layout === "desk" && <DevicePanel store={store} room={room} />}
        <ExtraChannels room={room} />
      </div>
    </article>
  );
}

/** The air sensor reads every 5 s; twelve seconds is where its value counts as absent. */
const airOldSeconds = 12;
