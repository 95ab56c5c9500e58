import { useMemo } from "preact/hooks";
import type { DisabledRegion } from "#core/alarm/disabled-region.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { blindedLines } from "../model/blinded-lines.ts";
import { eventsMax } from "../model/event-log.ts";
import { keptBackLines } from "../model/kept-back.ts";
import type { PicturePart } from "../model/picture-part.ts";
import type { RoomModel } from "../model/room-model.ts";
import { durationText } from "../text/duration-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { partKindNames, partLines } from "../text/part-text.ts";
import { PartKeys } from "./part-keys.tsx";

/** One part of the picture: what it is, what it does, what it keeps back, and what can be done with it. */
export function PartRow(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly part: PicturePart;
  readonly parts: readonly PicturePart[];
}) {
  const { store, room, part, parts } = props;
  const { disabled } = part;
  const size = room.size.value;
  const places = JSON.stringify(parts.map(({ name, kind, outline }) => [name, kind, outline]));
  // Whether pixels lie within outlines is asked again only when one of them has changed.
  const blinds = useMemo(
    () => (size === null ? [] : blindedLines(part, { parts, size })),
    [places, size, part.number],
  );
  return (
    <li class="part-row">
      <b class="part-number" data-look={disabled === null ? part.kind : "disabled"}>
        {part.number}
      </b>
      <div class="part-words">
        <h3>{titleOf(part)}</h3>
        {[...partLines(part), ...blinds].map((line) => (
          <p key={line}>{line}</p>
        ))}
        {disabled !== null && <Disablement store={store} room={room} disabled={disabled} />}
      </div>
      <PartKeys store={store} room={room} part={part} parts={parts} />
    </li>
  );
}

function titleOf({ name, kind, number, disabled }: PicturePart): string {
  if (kind === "proposal") return `${partKindNames.proposal} ${number}`;
  return `${name}: ${disabled === null ? "" : "DISABLED, "}${partKindNames[kind].toLowerCase()}`;
}

function Disablement(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly disabled: DisabledRegion;
}) {
  const { store, room, disabled } = props;
  // Reading the second keeps the time that is left true.
  const nowMicros = store.nowSeconds.value >= 0 ? store.hubNowMicros() : 0;
  const { by, reason, expiresAtMicros } = disabled;
  const events = store.events.value;
  const isAllKnown =
    store.eventsProblem.value === null &&
    store.olderEvents.value === null &&
    // The disablement itself is an event: without any, none has been fetched.
    events.length > 0 &&
    events.length < eventsMax;
  const before = isAllKnown ? "nothing" : "more";
  return (
    <>
      <p>
        By {by}: {reason}. Enabled again by itself {localTimeText(expiresAtMicros, { nowMicros })},{" "}
        {durationText((expiresAtMicros - nowMicros) / 1_000)} left.
      </p>
      {keptBackLines(room.id, disabled, { events, before, nowMicros }).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}
