import type { DeviceView } from "#wire/hub-api.ts";
import type { ModelIdentity, ModelReadingMessage } from "#wire/model-messages.ts";

/** A term and what is said of it. */
export type ModelLine = readonly [term: string, text: string];

const trustWords: Readonly<Record<ModelIdentity["trust"], string>> = {
  shipped: "came with this version",
  signed: "signature checked",
  unverified: "signature not checked",
  unsigned: "unsigned",
};

const sensorWords = {
  fused: "Heat and CO2",
  "thermal-only": "Heat alone",
  "air-only": "The air alone",
} as const;

/** What a room's page says of its model; empty while the device has not said whether it has one. */
export function modelLines(view: DeviceView): readonly ModelLine[] {
  const { model, telemetry } = view;
  if (model === undefined) return [];
  if (model === null) return [["Model", "None: the rules decide alone"]];
  const { name, hash, trust, rows, episodes, codeVersion } = model;
  const reading = telemetry?.model;
  const learnt = `${count(rows)} seconds of ${count(episodes)} episodes, version ${codeVersion}`;
  return [
    ["Model", `${name} (${hash.slice(0, 7)}), ${trustWords[trust]}`],
    ["Trained on", learnt],
    ["Judges by", judgesBy(reading)],
    ...probabilities(reading),
  ];
}

/** The model's newest probability in a few words, for beside the rules' nearness; null where there is no model. */
export function modelNow(view: DeviceView): string | null {
  if (view.model === undefined || view.model === null) return null;
  const reading = view.telemetry?.model;
  if (reading?.outcome === "failed") return "model failed";
  if (reading?.sensors === "air-only") return `model ${percentText(reading.airBurning)} by the air`;
  return `model ${percentText(reading?.probability)}`;
}

/** A probability in percent; an absent one is "–", never 0. */
export function percentText(probability: number | null | undefined): string {
  return probability === null || probability === undefined ? "–" : `${Math.round(100 * probability)} %`;
}

function judgesBy(reading: ModelReadingMessage | undefined): string {
  if (reading?.outcome === "failed") return "Nothing, it has failed: the rules decide alone";
  if (reading === undefined || reading.outcome === "not-judged" || reading.sensors === null)
    return "Nothing now: no sensor gave what it needs";
  return sensorWords[reading.sensors];
}

function probabilities(reading: ModelReadingMessage | undefined): readonly ModelLine[] {
  if (reading?.sensors === "air-only") return [["Fire by the air", percentText(reading.airBurning)]];
  const slowHeats = (reading?.regions ?? []).flatMap(({ slowHeat }) => (slowHeat === null ? [] : [slowHeat]));
  const lines: ModelLine[] = [["Flames", percentText(reading?.probability)]];
  if (slowHeats.length > 0) lines.push(["Slow heat", percentText(Math.max(...slowHeats))]);
  return lines;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
