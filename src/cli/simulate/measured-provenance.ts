import type { MeasuredRendering } from "#simulation/measured/render-measured.ts";
import {
  type MeasuredExperiment,
  ordinaryCelsius,
  ordinaryHumidityPercent,
  quietSeconds,
} from "#simulation/measured/render-measured.ts";
import type { ColumnName } from "./measured-column.ts";
import type { MeasuredOrders } from "./measured-orders.ts";

/** Where what is in a measured recording comes from, one sentence each. */
export interface MeasuredProvenance {
  readonly measured: readonly string[];
  readonly modelled: readonly string[];
  /** What was given and had no effect, and why. */
  readonly unused: readonly string[];
}

/** Says of a measured recording what is measured, what is modelled, and what was given without effect. */
export function measuredProvenance(orders: MeasuredOrders, rendering: MeasuredRendering): MeasuredProvenance {
  const { hrr, co2 } = orders.names;
  const isAirAlone = rendering.size === null;
  const measured: string[] = [];
  const modelled: string[] = [];
  if (hrr !== null) {
    measured.push(
      `heat release, ${of(hrr)} in ${hrr.unit === "unstated" ? "kW (neither stated nor named by the header)" : hrr.unit}: 0 before ignition, less its median before it, smoothed over 10 s`,
    );
    modelled.push(...pictureSentences(orders, rendering));
  }
  if (co2 !== null) {
    const rise = co2.counts === "rise" ? ", a rise to which 420 ppm are added" : "";
    measured.push(`CO2 at the sensor, ${of(co2)} in ${co2.unit}${rise}, not smoothed`);
    modelled.push(
      isAirAlone
        ? `temperature and humidity of the air (always ${ordinaryCelsius} °C and ${ordinaryHumidityPercent} %: without heat release nothing warms it), and the sensor's lag and noise`
        : "temperature and humidity of the air, by a two-zone room, and the sensor's lag and noise",
    );
  } else modelled.push("CO2, temperature and humidity of the air, by a two-zone room");
  modelled.push(...endSentences(orders.experiment, rendering));
  return { measured, modelled, unused: unusedSentences(orders, rendering) };
}

function of({ column, path }: ColumnName): string {
  return `"${column}" of ${path}`;
}

function pictureSentences(
  { names, place, experiment }: MeasuredOrders,
  { size }: MeasuredRendering,
): readonly string[] {
  const { ceiling } = names;
  const byCeilingSeconds = size?.byCeilingSeconds ?? 0;
  const lagged =
    ceiling === null || byCeilingSeconds === 0
      ? []
      : [
          `the fire's size until ${byCeilingSeconds} s after ignition, from the measured ceiling temperature ${of(ceiling)} by Alpert's ceiling jet, ${place.radius} m from above the fire, ${place.ceilingHeight} m over its base: the heat release lagged`,
        ];
  return [
    ...lagged,
    `the picture: flame, plume, heated surfaces and room (5 m wide, 2.6 m high), the fire ${experiment.distanceMetres} m from the camera, burning like wood`,
    "smoke and carbon monoxide, by a two-zone room",
  ];
}

/** What happens in a recording that goes on for longer than something was measured. */
function endSentences(
  { fire, co2, ignitionSeconds }: MeasuredExperiment,
  { seconds }: MeasuredRendering,
): readonly string[] {
  const endsAt = (endSeconds: number) => Math.floor(endSeconds - ignitionSeconds) + quietSeconds;
  const sentences: string[] = [];
  if (fire !== null && endsAt(fire.heatRelease.endSeconds) < seconds)
    sentences.push(
      `no fire from ${endsAt(fire.heatRelease.endSeconds)} s of the recording on, where the measured heat release ends`,
    );
  if (co2 !== null && endsAt(co2.series.endSeconds) < seconds)
    sentences.push(
      `CO2 as last measured from ${endsAt(co2.series.endSeconds)} s of the recording on, where its measurement ends`,
    );
  return sentences;
}

function unusedSentences({ names, given }: MeasuredOrders, { size }: MeasuredRendering): readonly string[] {
  const { hrr, ceiling } = names;
  const sentences: string[] = [];
  if (ceiling !== null && hrr === null)
    sentences.push(
      `--ceiling ${of(ceiling)}: without --hrr no picture is rendered, and it serves nothing else`,
    );
  else if (ceiling !== null && size?.byCeilingSeconds === 0)
    sentences.push(`--ceiling ${of(ceiling)}: the heat release does not lag it, so it gives the size alone`);
  const isCeilingUsed = size !== null && size.byCeilingSeconds > 0;
  for (const option of ["ceiling-height", "ceiling-radius"])
    if (given.has(option) && !isCeilingUsed)
      sentences.push(
        `--${option}: ${ceiling === null ? "it says where --ceiling was measured, which was not given" : "it says where --ceiling was measured, which is not used"}`,
      );
  if (given.has("distance") && hrr === null)
    sentences.push("--distance: without --hrr no picture is rendered, and the air knows no distance");
  return sentences;
}
