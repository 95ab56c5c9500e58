import { useComputed, useSignal } from "@preact/signals";
import type { GainMode } from "#core/frames/frame-telemetry.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { type ChartKind, type ChartValue, chartKinds } from "../model/chart-kinds.ts";
import { type ChartKey, chartColumns } from "../model/chart-points.ts";
import type { RoomModel } from "../model/room-model.ts";
import { celsiusText, rangeEndCelsius } from "../picture/pixel-value.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { modelNow } from "../text/model-text.ts";
import { valueText } from "../text/value-text.ts";
import { LineChart } from "./line-chart.tsx";

/** The last quarter of an hour of a room in four charts. */
export function RoomCharts({ store, room }: { readonly store: DashboardStore; readonly room: RoomModel }) {
  return (
    <div class="charts">
      {chartKinds.map((kind) => (
        <RoomChart key={kind.title} store={store} room={room} kind={kind} />
      ))}
    </div>
  );
}

function RoomChart(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly kind: ChartKind;
}) {
  const { store, room, kind } = props;
  const pointed = useSignal<number | null>(null);
  const gain = useComputed(() => room.picture.value?.gain);
  const keys = kind.values.map((value) => value.key);
  const columns = useComputed(() => chartColumns(room.points.value, keys));
  // Time goes on in the chart also when the device says nothing, in whole seconds.
  const end = useComputed(() => {
    const newest = room.points.value.at(-1)?.atMicros ?? store.hubNowMicros();
    return Math.floor(newest / 1_000_000 + Math.max(0, store.nowMs.value - room.heardMs.value) / 1_000);
  });
  // The charts keep no history of it, so that it is said only while no earlier moment is pointed at.
  const said = useComputed(() =>
    kind.beside === null || pointed.value !== null ? null : modelNow(room.view.value),
  );
  const data = columns.value;
  const index = pointed.value === null || data[0][pointed.value] === undefined ? null : pointed.value;
  const empty = data.slice(1).every((column) => column.every((value) => value === null));
  const at = index === null ? null : data[0][index]!;
  const valueAt = (column: number) => data[column + 1]!.at(index ?? -1);
  return (
    <section class="chart" aria-label={kind.title}>
      <header class="chart-head">
        <h3>{kind.title}</h3>
        <p class="chart-values">
          {kind.values.map((value, column) => (
            <span key={value.key} class="chart-value" data-line={kind.values.length > 1 ? column : undefined}>
              <b>{shownText(valueAt(column), { value, gain: gain.value })}</b>
            </span>
          ))}
          {said.value !== null && <span class="chart-value">{said.value}</span>}
          {at !== null && (
            <span class="chart-at">
              at {localTimeText(at * 1_000_000, { nowMicros: store.hubNowMicros() })}
            </span>
          )}
        </p>
      </header>
      <div class="chart-body">
        {empty && <p class="chart-empty">No values in the last 15 minutes</p>}
        <LineChart
          look={kind.look}
          columns={data}
          endSeconds={end.value}
          label={spokenChart(kind, {
            gain: gain.value,
            valuesOf: (key) => room.points.value.map((point) => point[key]),
          })}
          onPoint={(point) => {
            pointed.value = point;
          }}
        />
      </div>
    </section>
  );
}

/** A measured value in words; a temperature of the picture beyond what the camera measures is only a lower bound. */
function shownText(
  number: number | null | undefined,
  about: { readonly value: ChartValue; readonly gain: GainMode | undefined },
): string {
  const { value, gain } = about;
  const hot = value.key === "hottestCelsius" && typeof number === "number" && number >= rangeEndCelsius(gain);
  return hot ? celsiusText(number, gain) : valueText(number, value);
}

function spokenChart(
  kind: ChartKind,
  about: {
    readonly gain: GainMode | undefined;
    readonly valuesOf: (key: ChartKey) => readonly (number | null)[];
  },
): string {
  const sentences = kind.values.map((value) => {
    const known = about.valuesOf(value.key).filter((number) => number !== null);
    const name = value.name === "" ? kind.title : value.name;
    if (known.length === 0) return `${name}: no values.`;
    const text = (number: number | undefined) => shownText(number, { value, gain: about.gain });
    return `${name}: ${text(known.at(-1))} now, ${text(Math.min(...known))} to ${text(Math.max(...known))} in the last 15 minutes.`;
  });
  return sentences.join(" ");
}
