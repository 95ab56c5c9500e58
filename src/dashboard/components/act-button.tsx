import { useSignal } from "@preact/signals";
import type { ActName } from "#core/alarm/alarm-input.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { whyActImpossible } from "../model/act-availability.ts";
import { actWords } from "../model/act-words.ts";
import type { RoomModel } from "../model/room-model.ts";
import { ActDialog } from "./act-dialog.tsx";

/**
 * A key of the panel. One that cannot be pressed says why, and stays reachable by keyboard so that the reason can be
 * read. Asks in a dialog where something has to be known or confirmed first.
 */
export function ActButton(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly act: ActName;
  readonly look?: "plain" | "strong";
}) {
  const { store, room, act } = props;
  const asking = useSignal(false);
  const why = whyActImpossible(act, store.situationOf(room));
  const words = actWords[act];
  const press = () => {
    if (why !== null) return;
    const by = store.settings.value.personName;
    if (words.question !== null || by === "") asking.value = true;
    else void store.act(room, { act, by, reason: "", minutes: null });
  };
  return (
    <>
      <button
        type="button"
        class="button act"
        data-act={act}
        data-look={props.look ?? "plain"}
        aria-disabled={why !== null}
        onClick={press}
      >
        <span class="act-label">{words.label}</span>
        {why !== null && <span class="act-why">{why}</span>}
      </button>
      {asking.value && (
        <ActDialog
          store={store}
          place={room.view.value.name}
          words={words}
          onAnswer={(answer) => void store.act(room, { act, ...answer })}
          onClose={() => (asking.value = false)}
        />
      )}
    </>
  );
}
