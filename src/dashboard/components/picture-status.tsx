import type { DeviceView } from "#wire/hub-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { picturesMax } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { durationText } from "../text/duration-text.ts";

function neverText(view: DeviceView): string {
  if (view.newestFrameAgeSeconds === null) return "Air only: not watched by heat";
  if (view.ended === true) return "The recording is over: its last picture came before this page was opened";
  return "No picture yet";
}

/** What has to be said over the picture: live, calibrating, without temperatures, or not a live picture at all. */
export function PictureStatus(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly stale: boolean;
}) {
  const { store, room, stale } = props;
  const frame = room.picture.value;
  const { framesPerSecond, ended } = room.view.value;
  return (
    <>
      {stale && (
        <p class="picture-gone">
          <strong>{goneText(props)}</strong>
        </p>
      )}
      <ul class="picture-badges">
        {!stale && ended !== true && (
          <li class="badge" data-badge="live">
            Live{framesPerSecond > 0 && ` · ${framesPerSecond.toFixed(1)} pictures/s`}
          </li>
        )}
        {!stale && frame?.ffcState === "in-progress" && (
          <li class="badge" data-badge="ffc">
            Calibrating: the shutter is closed
          </li>
        )}
        {!stale && frame?.ffcState === "imminent" && (
          <li class="badge" data-badge="ffc">
            About to calibrate
          </li>
        )}
        {frame?.unit === "raw-counts" && (
          <li class="badge" data-badge="raw">
            Not radiometric: no temperatures
          </li>
        )}
      </ul>
    </>
  );

  function goneText({ room: shown }: { readonly room: RoomModel }): string {
    const place = store.rooms.value.indexOf(shown);
    if (place >= picturesMax) return `No picture: this page shows ${picturesMax} at once`;
    const ageMs = shown.freshness.ageMs(store.nowMs.value);
    if (Number.isNaN(ageMs)) return neverText(shown.view.value);
    if (shown.view.value.ended === true) return "The recording is over: this is its last picture";
    return `No picture for ${durationText(ageMs)}`;
  }
}
