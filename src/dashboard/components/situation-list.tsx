import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { situationBlocks } from "../model/situation-blocks.ts";
import { LampIcon } from "./lamp-icon.tsx";

/** Why the lamps of a room are on, in words, with who answered and when. */
export function SituationList({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  // Reading the second keeps "minutes left" true while the device says nothing.
  const nowMicros = store.nowSeconds.value >= 0 ? store.hubNowMicros() : 0;
  const blocks = situationBlocks(store.situationOf(room), nowMicros);
  if (blocks.length === 0) return null;
  return (
    <ul class="situations">
      {blocks.map((block) => (
        <li key={block.tone} class="situation" data-tone={block.tone}>
          <LampIcon tone={block.tone} name="situation-icon" />
          <div>
            <strong>{block.title}</strong>
            {block.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
