import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";

const labels = { ignite: "Start a small fire", extinguish: "Put it out" } as const;

/** For emulated rooms: lets a visitor see a detection. One button for each thing the room can do. */
export function DemoButtons({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const { capabilities, online } = room.view.value;
  const impossible = !online || store.link.value !== "up";
  return (
    <>
      {capabilities.map((command) => (
        <button
          key={command}
          type="button"
          class="button demo"
          data-demo={command}
          aria-disabled={impossible}
          onClick={() => {
            if (!impossible) void store.demo(room, command);
          }}
        >
          <span class="act-label">{labels[command]}</span>
          {impossible && <span class="act-why">Room is out of reach</span>}
        </button>
      ))}
    </>
  );
}
