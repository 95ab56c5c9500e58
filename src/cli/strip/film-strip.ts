import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { Episode } from "#simulation/scenario/episode.ts";
import { barLabels } from "./bar-labels.ts";
import { fireCaption } from "./fire-caption.ts";
import { type At, type Ink, ironSteps, lineHeight, StripCanvas, textWidth } from "./strip-canvas.ts";
import { picturesPerStrip, type StripPicture } from "./strip-pictures.ts";
import { celsiusRange, ThermalScale } from "./thermal-scale.ts";

const columns = 4;
const rows = picturesPerStrip / columns;
const zoom = 2;
const gap = 12;
const pictureWidth = zoom * leptonWidth;
const pictureHeight = zoom * leptonHeight;
const textZoom = 2;
const nameZoom = 3;
const width = gap + columns * (pictureWidth + gap);
const headHeight = gap + lineHeight(nameZoom) + 2 * lineHeight(textZoom) + gap / 2;
const cellHeight = pictureHeight + 6 + 2 * lineHeight(textZoom) + gap;
const barHeight = 14;
const footHeight = barHeight + 6 + lineHeight(textZoom) + gap;

/** What a strip is drawn from. */
export interface FilmStrip {
  readonly episode: Episode;
  readonly seed: number;
  readonly pictures: readonly StripPicture[];
}

/** Draws a film strip: eight pictures of an episode with times, temperatures and what was true, as a PNG file. */
export function drawFilmStrip(strip: FilmStrip): Buffer {
  const { pictures } = strip;
  const canvas = new StripCanvas({ width, height: headHeight + rows * cellHeight + footHeight });
  const scale = new ThermalScale(pictures.map(({ pixels }) => pixels));
  drawHead(canvas, strip);
  pictures.forEach((picture, i) => {
    const x = gap + (i % columns) * (pictureWidth + gap);
    const y = headHeight + Math.floor(i / columns) * cellHeight;
    drawPicture(canvas, { picture, scale, x, y });
  });
  drawBar(canvas, { scale, x: gap, y: headHeight + rows * cellHeight });
  return canvas.encode();
}

function drawHead(canvas: StripCanvas, { episode, seed }: FilmStrip): void {
  const { scenario, staged, climate } = episode;
  let y = gap;
  canvas.drawText(scenario.name, { x: gap, y, zoom: nameZoom, ink: "text" });
  const kind = scenario.isHotProcess ? `${scenario.kind}, hot process` : scenario.kind;
  const right = `${kind}, family ${scenario.family}`;
  canvas.drawText(right, { x: width - gap - textWidth(right, textZoom), y, zoom: textZoom, ink: "faint" });
  y += lineHeight(nameZoom);
  canvas.drawText(fitted(scenario.title), { x: gap, y, zoom: textZoom, ink: "text" });
  y += lineHeight(textZoom);
  const facts = [
    staged.name,
    `seed ${seed}`,
    `${episode.seconds} s`,
    ...(scenario.kind === "fire" ? [`fire from ${episode.igniteAtSeconds.toFixed(0)} s`] : []),
    `${climate.insideCelsius.toFixed(0)} °C inside`,
    `${climate.co2Ppm.toFixed(0)} ppm CO2 at start`,
  ];
  canvas.drawText(fitted(facts.join(", ")), { x: gap, y, zoom: textZoom, ink: "faint" });
}

/** A line that fits the strip, shortened at its end if it must be. */
function fitted(text: string): string {
  const most = Math.floor((width - 2 * gap) / textWidth(" ", textZoom));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

function drawPicture(
  canvas: StripCanvas,
  of: At & { readonly picture: StripPicture; readonly scale: ThermalScale },
): void {
  const { picture, scale, x } = of;
  const { truth } = picture;
  canvas.drawSteps(scale.stepsOf(picture.pixels), { x, y: of.y, columns: leptonWidth, zoom });
  let y = of.y + pictureHeight + 6;
  const when = `${picture.seconds.toFixed(picture.seconds < 100 ? 1 : 0)} s`;
  canvas.drawText(when, { x, y, zoom: textZoom, ink: "text" });
  const said = fireCaption(truth);
  const saidX = x + pictureWidth - textWidth(said, textZoom);
  canvas.drawText(said, { x: saidX, y, zoom: textZoom, ink: labelInks[truth.label] });
  y += lineHeight(textZoom);
  const { low, high } = celsiusRange(picture.pixels);
  canvas.drawText(`${low.toFixed(1)} to ${high.toFixed(1)} °C`, { x, y, zoom: textZoom, ink: "faint" });
}

const labelInks: Readonly<Record<StripPicture["truth"]["label"], Ink>> = {
  none: "faint",
  flaming: "flaming",
  "slow-heat": "heat",
  hidden: "hidden",
};

function drawBar(canvas: StripCanvas, of: At & { readonly scale: ThermalScale }): void {
  const { scale, x, y } = of;
  const length = width - 2 * gap;
  const row = Uint8Array.from({ length }, (_, i) => Math.round((i / (length - 1)) * (ironSteps - 1)));
  for (let line = 0; line < barHeight; line += 1)
    canvas.drawSteps(row, { x, y: y + line, columns: length, zoom: 1 });
  const textY = y + barHeight + 6;
  for (const { text, left, markAt } of barLabels(scale, { length, textZoom })) {
    const ink = markAt === null ? "text" : "faint";
    canvas.drawText(text, { x: x + left, y: textY, zoom: textZoom, ink });
    if (markAt !== null)
      canvas.drawRectangle({ x: x + markAt, y: y + barHeight, width: 2, height: 4 }, "text");
  }
}
