import type { ChartLook } from "./chart-look.ts";
import type { ChartKey } from "./chart-points.ts";

/** One measured value of a chart. */
export interface ChartValue {
  readonly key: ChartKey;
  /** Said to those who cannot see the chart; empty where its title says it. */
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
}

/** What a chart shows. */
export interface ChartKind {
  readonly title: string;
  readonly values: readonly ChartValue[];
  readonly look: ChartLook;
  /** "model": the model's newest probability stands beside the value. */
  readonly beside: "model" | null;
}

const line = (colour: string) => ({ colour, scale: "left", dash: [] }) as const;

/** The four charts of a room. */
export const chartKinds: readonly ChartKind[] = [
  {
    title: "Hottest spot",
    values: [{ key: "hottestCelsius", name: "", unit: "°C", decimals: 1 }],
    look: { lines: [line("--chart-1")], left: { spanMin: 10, fixed: null }, right: null },
    beside: null,
  },
  {
    title: "Nearness to FIRE",
    values: [{ key: "nearness", name: "", unit: "", decimals: 2 }],
    look: { lines: [line("--chart-2")], left: { spanMin: 1, fixed: [0, 1.05] }, right: null },
    beside: "model",
  },
  {
    title: "CO2",
    values: [{ key: "co2Ppm", name: "", unit: "ppm", decimals: 0 }],
    look: { lines: [line("--chart-3")], left: { spanMin: 200, fixed: null }, right: null },
    beside: null,
  },
  {
    title: "Air",
    values: [
      { key: "airTemperatureCelsius", name: "Temperature", unit: "°C", decimals: 1 },
      { key: "humidityPercent", name: "Humidity", unit: "% humidity", decimals: 0 },
    ],
    look: {
      lines: [line("--chart-1"), { colour: "--chart-4", scale: "right", dash: [5, 4] }],
      left: { spanMin: 5, fixed: null },
      right: { spanMin: 20, fixed: null },
    },
    beside: null,
  },
];
