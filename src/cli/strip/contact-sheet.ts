import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { type Ink, ironSteps, lineHeight, StripCanvas, textWidth } from "./strip-canvas.ts";
import type { StripPicture } from "./strip-pictures.ts";
import { ThermalScale } from "./thermal-scale.ts";

const columns = 8;
const gap = 6;
const textZoom = 1;
/** Only each third step of the palette is used, so that noise takes less room: a sheet is for a web page. */
const coarseness = 3;
const cellWidth = leptonWidth + gap;
const cellHeight = leptonHeight + 3 + lineHeight(textZoom) + gap;

/** One scenario on a sheet, and the pictures of its strip. */
export interface SheetScenario {
  readonly scenario: Scenario;
  readonly pictures: readonly StripPicture[];
  /** Which of them is on the sheet. */
  readonly shown: number;
}

const kindInks: Readonly<Record<Scenario["kind"], Ink>> = {
  fire: "flaming",
  nuisance: "text",
  quiet: "faint",
};

/** Draws one small picture of each scenario with its name, as a PNG file: names of fires are red. */
export function drawContactSheet(scenarios: readonly SheetScenario[]): Buffer {
  const rows = Math.ceil(scenarios.length / columns);
  const canvas = new StripCanvas({
    width: gap + Math.min(columns, scenarios.length) * cellWidth,
    height: gap + rows * cellHeight,
  });
  scenarios.forEach(({ scenario, pictures, shown }, i) => {
    const x = gap + (i % columns) * cellWidth;
    const y = gap + Math.floor(i / columns) * cellHeight;
    const { pixels } = pictures[shown]!;
    const steps = new ThermalScale([pictures[0]!.pixels, pixels]).stepsOf(pixels).map(coarse);
    canvas.drawSteps(steps, { x, y, columns: leptonWidth, zoom: 1 });
    const at = { x, y: y + leptonHeight + 3 };
    const most = Math.floor(leptonWidth / textWidth(" ", textZoom));
    canvas.drawText(scenario.name.slice(0, most), { ...at, zoom: textZoom, ink: kindInks[scenario.kind] });
  });
  return canvas.encode();
}

function coarse(step: number): number {
  return Math.min(ironSteps - 1, coarseness * Math.round(step / coarseness));
}
