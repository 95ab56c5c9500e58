import type { DeviceRequest } from "#wire/command-messages.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import type { RoomModel } from "../model/room-model.ts";
import { localTimeText } from "../text/local-time-text.ts";

const outcomes = { passed: "passed", failed: "FAILED", aborted: "was aborted" } as const;

/** What the device of a room can be told beside acts on its alarms, and how its newest self-test ended. */
export function DevicePanel({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  const { selfTest, source, online } = room.view.value;
  if (source === "replay") return null;
  const by = store.settings.value.personName || "the page";
  const impossible = !online || store.link.value !== "up";
  const key = (label: string, request: DeviceRequest) => (
    <button
      type="button"
      class="button"
      data-request={request.command}
      aria-disabled={impossible}
      onClick={() => {
        if (!impossible) void store.request(room, request);
      }}
    >
      {label}
    </button>
  );
  return (
    <details class="device-panel">
      <summary>Device</summary>
      <p>
        {selfTest === undefined
          ? "No self-test since the device started."
          : `Self-test ${outcomes[selfTest.outcome]} ${localTimeText(selfTest.atMicros, { nowMicros: selfTest.atMicros })}: ${selfTest.text}`}
      </p>
      <fieldset class="act-keys" aria-label={`Requests to ${room.view.value.name}`}>
        {key("Self-test", { command: "self-test", by, reason: "", walkMinutes: null })}
        {key("Correct the camera (FFC)", { command: "run-ffc", by })}
        {key("Record a clip", { command: "take-clip", by, seconds: 10 })}
      </fieldset>
    </details>
  );
}
