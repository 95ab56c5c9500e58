import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { ActButton } from "./act-button.tsx";
import { DemoButtons } from "./demo-buttons.tsx";

/** The keys of one room in the order of a fire panel, and what came of the last one pressed. */
export function ActBar({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const state = room.view.value.state;
  const notice = room.notice.value;
  return (
    <div class="acts">
      <fieldset class="act-keys" aria-label={`Acts for ${room.view.value.name}`}>
        <ActButton store={store} room={room} act="acknowledge" />
        <ActButton store={store} room={room} act="silence" />
        <ActButton store={store} room={room} act="reset" />
        <ActButton
          key={`test ${state?.test != null}`}
          store={store}
          room={room}
          act={state?.test == null ? "start-test" : "end-test"}
        />
        <ActButton
          key={`disable ${state?.disabled != null}`}
          store={store}
          room={room}
          act={state?.disabled == null ? "disable" : "enable"}
        />
        <DemoButtons store={store} room={room} />
      </fieldset>
      <p class="act-notice" role="status" data-kind={notice?.kind}>
        {notice !== null && (
          <>
            {localTimeText(notice.atMicros, { nowMicros: notice.atMicros })} {notice.text}
          </>
        )}
      </p>
    </div>
  );
}
