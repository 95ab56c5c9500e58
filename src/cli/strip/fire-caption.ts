import type { EpisodeTruth } from "#simulation/scenario/episode-truth.ts";

/** Less than this is given in watts; less than one watt not at all. */
const leastKilowatts = 0.1;

/** What a strip says under a picture: the label, and the heat that a fire releases where the number shows any. */
export function fireCaption(truth: Pick<EpisodeTruth, "label" | "stage" | "heatReleaseKilowatts">): string {
  const heat = truth.stage === "none" ? "" : heatText(truth.heatReleaseKilowatts);
  return heat === "" ? truth.label : `${truth.label} ${heat}`;
}

function heatText(kilowatts: number): string {
  const watts = Math.round(1000 * kilowatts);
  if (watts < 1) return "";
  if (kilowatts >= 10) return `${kilowatts.toFixed(0)} kW`;
  return kilowatts < leastKilowatts ? `${watts} W` : `${kilowatts.toFixed(1)} kW`;
}
