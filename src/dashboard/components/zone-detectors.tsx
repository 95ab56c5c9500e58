import type { ZoneDetector } from "#core/zone/zone-state.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { ActButton } from "./act-button.tsx";

const standings: Readonly<Record<ZoneDetector["standing"], string>> = {
  working: "works",
  trouble: "in trouble, counts as absent",
  lost: "not heard, counts as absent",
  disabled: "DISABLED, counts as absent",
  test: "in test, counts as absent",
  calibrating: "calibrates, counts as absent",
};

/** The detectors of a zone, each with how it stands, and keys to disable one of them alone. */
export function ZoneDetectors({ store, zone }: { readonly store: DashboardStore; readonly zone: ZoneView }) {
  const { detectors } = zone.state;
  return (
    <details class="zone-detectors">
      <summary>Detectors ({detectors.length})</summary>
      <ul>
        {detectors.map((detector) => (
          <DetectorRow key={detector.deviceId} store={store} detector={detector} />
        ))}
      </ul>
    </details>
  );
}

function DetectorRow({
  store,
  detector,
}: {
  readonly store: DashboardStore;
  readonly detector: ZoneDetector;
}) {
  const { deviceId, standing } = detector;
  const room = store.rooms.value.find(({ id }) => id === deviceId);
  const name = store.nameOf(deviceId);
  if (room === undefined) return <li>{name}: never heard by this hub.</li>;
  const act = room.view.value.state?.disabled == null ? "disable" : "enable";
  return (
    <li>
      <span class="detector-name">
        <a href={`#room-${deviceId}`}>{name}</a> {standings[standing]}
      </span>
      {room.notice.value?.kind === "failed" && <span>{room.notice.value.text}</span>}
      <fieldset class="part-keys" aria-label={`Acts for the detector ${name}`}>
        <ActButton key={act} store={store} room={room} act={act} />
      </fieldset>
    </li>
  );
}
