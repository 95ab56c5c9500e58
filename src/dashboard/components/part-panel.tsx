import { useSignal } from "@preact/signals";
import type { DashboardStore } from "../dashboard-store.ts";
import { whyUnreachable } from "../model/act-availability.ts";
import type { PicturePart } from "../model/picture-part.ts";
import type { RoomModel } from "../model/room-model.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { shareText } from "../text/part-text.ts";
import { AskKey } from "./ask-key.tsx";
import { DrawDialog } from "./draw-dialog.tsx";
import { PartRow } from "./part-row.tsx";

/** The parts of a room's picture in a list: what each does, what it keeps back, and the keys for it. */
export function PartPanel({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const isOpen = useSignal(false);
  if (room.size.value === null && room.regions.value === null) return null;
  const parts = store.parts.of(room);
  return (
    <details class="device-panel" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{summaryText(room, parts)}</summary>
      {isOpen.value && <PartList store={store} room={room} parts={parts} />}
    </details>
  );
}

function PartList(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly parts: readonly PicturePart[];
}) {
  const { store, room, parts } = props;
  const notice = room.partNotice.value;
  const { blindedShare = 0 } = room.regions.value ?? {};
  return (
    <>
      {blindedShare > 0 && (
        <p>Masks blind {shareText(blindedShare)} of the picture, those of all hours together.</p>
      )}
      <ul class="part-rows" aria-label={`Parts of the picture of ${room.view.value.name}`}>
        {parts.map((part) => (
          <PartRow
            key={part.proposal?.id ?? `${part.kind} ${part.name}`}
            store={store}
            room={room}
            part={part}
            parts={parts}
          />
        ))}
      </ul>
      <div class="part-keys">
        <DrawKey store={store} room={room} parts={parts} />
        <ShowHiddenKey store={store} room={room} />
      </div>
      <p class="act-notice" role="status" data-kind={notice?.kind}>
        {notice !== null && (
          <>
            {localTimeText(notice.atMicros, { nowMicros: notice.atMicros })} {notice.text}
          </>
        )}
      </p>
    </>
  );
}

function DrawKey(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly parts: readonly PicturePart[];
}) {
  const { store, room, parts } = props;
  const size = room.size.value;
  const why = whyUnreachable(store.situationOf(room)) ?? (size === null ? "No picture to draw on" : null);
  return (
    <AskKey label="Disable another part…" why={why}>
      {(onClose) =>
        size !== null && <DrawDialog store={store} room={room} parts={parts} size={size} onClose={onClose} />
      }
    </AskKey>
  );
}

function ShowHiddenKey({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const hidden = (room.regions.value?.proposals ?? [])
    .map(({ id }) => id)
    .filter((id) => store.settings.value.hiddenProposals.includes(id));
  if (hidden.length === 0) return null;
  return (
    <button type="button" class="button" onClick={() => store.parts.show(hidden)}>
      Show {hidden.length} hidden {hidden.length === 1 ? "proposal" : "proposals"}
    </button>
  );
}

function summaryText(room: RoomModel, parts: readonly PicturePart[]): string {
  if (room.regions.value === null && parts.length === 0)
    return "Parts of the picture: the device has not said yet";
  const proposed = parts.filter(({ proposal }) => proposal !== null).length;
  const disabled = parts.filter((part) => part.disabled !== null).length;
  const texts = [`${parts.length - proposed} drawn`];
  if (disabled > 0) texts.push(`${disabled} disabled`);
  if (proposed > 0) texts.push(`${proposed} proposed`);
  return `Parts of the picture: ${parts.length === 0 ? "none" : texts.join(", ")}`;
}
