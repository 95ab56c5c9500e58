import { type Lamp, lampsOf } from "../model/lamps.ts";
import type { RoomSituation } from "../model/room-knowledge.ts";
import { LampIcon } from "./lamp-icon.tsx";

/** The lamps of a room, as on a fire panel: always all of them, each with word, shape and state. */
export function LampRow({ situation }: { readonly situation: RoomSituation }) {
  return (
    <ul class="lamps" aria-label={`Lamps of ${situation.view.name}`}>
      {lampsOf(situation).map((lamp) => (
        <li
          key={lamp.name}
          class="lamp"
          data-lamp={lamp.name}
          data-status={lamp.status}
          data-urgent={lamp.urgent ? "" : undefined}
        >
          <LampIcon tone={lamp.status === "unknown" ? "unknown" : lamp.name} name="lamp-icon" />
          <span class="lamp-label">{lamp.label}</span>
          <span class="lamp-status">{statusText(lamp)}</span>
        </li>
      ))}
    </ul>
  );
}

function statusText(lamp: Lamp): string {
  if (lamp.status !== "on") return lamp.status;
  return lamp.lastKnown ? "ON, last heard" : "ON";
}
