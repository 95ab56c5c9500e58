import { ironColour } from "#recording/iron-palette.ts";
import { letterHeight, letterRows, letterWidth } from "./bitmap-font.ts";
import { type Colour, encodeIndexedPng } from "./indexed-png.ts";

/** Steps of the iron palette, which come first in the palette; few enough that a picture's noise packs well. */
export const ironSteps = 96;

const inkColours = {
  background: [18, 18, 24],
  text: [244, 244, 248],
  faint: [150, 152, 166],
  flaming: [255, 96, 64],
  heat: [255, 180, 60],
  hidden: [196, 140, 255],
} as const satisfies Record<string, Colour>;

/** Names of the colours beside the palette. */
export type Ink = keyof typeof inkColours;

const inks = Object.keys(inkColours) as Ink[];
const palette: readonly Colour[] = [
  ...Array.from({ length: ironSteps }, (_, step) => ironColour(step / (ironSteps - 1))),
  ...Object.values(inkColours),
];

/** Where something is drawn: its upper left corner. */
export interface At {
  readonly x: number;
  readonly y: number;
}

/** A picture that thermal pictures, bars and words are drawn on. */
export class StripCanvas {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Uint8Array;

  constructor(size: { readonly width: number; readonly height: number }) {
    this.width = size.width;
    this.height = size.height;
    this.#pixels = new Uint8Array(size.width * size.height).fill(indexOf("background"));
  }

  /** Draws steps of the iron palette, row by row, each as a square of `zoom` pixels. */
  drawSteps(steps: Uint8Array, at: At & { readonly columns: number; readonly zoom: number }): void {
    for (let i = 0; i < steps.length; i += 1) {
      const x = at.x + (i % at.columns) * at.zoom;
      const y = at.y + Math.floor(i / at.columns) * at.zoom;
      this.#fill({ x, y, width: at.zoom, height: at.zoom }, steps[i]!);
    }
  }

  /** Fills a rectangle. */
  drawRectangle(box: At & { readonly width: number; readonly height: number }, ink: Ink): void {
    this.#fill(box, indexOf(ink));
  }

  /** Writes one line; `zoom` is the size of a dot. What does not fit into the canvas is cut off. */
  drawText(text: string, at: At & { readonly zoom: number; readonly ink: Ink }): void {
    let { x } = at;
    for (const letter of text) {
      letterRows(letter).forEach((row, y) => {
        for (let dot = 0; dot < letterWidth; dot += 1)
          if ((row >> (letterWidth - 1 - dot)) & 1)
            this.#fill(
              { x: x + dot * at.zoom, y: at.y + y * at.zoom, width: at.zoom, height: at.zoom },
              indexOf(at.ink),
            );
      });
      x += (letterWidth + 1) * at.zoom;
    }
  }

  /** The canvas as a PNG file. */
  encode(): Buffer {
    return encodeIndexedPng({ width: this.width, height: this.height, pixels: this.#pixels, palette });
  }

  #fill(box: At & { readonly width: number; readonly height: number }, index: number): void {
    const left = Math.max(0, box.x);
    const right = Math.min(this.width, box.x + box.width);
    if (left >= right) return;
    for (let y = Math.max(0, box.y); y < Math.min(this.height, box.y + box.height); y += 1)
      this.#pixels.fill(index, y * this.width + left, y * this.width + right);
  }
}

/** How wide a text becomes, in pixels. */
export function textWidth(text: string, zoom: number): number {
  return [...text].length * (letterWidth + 1) * zoom;
}

/** How high a line of text is, with a gap below. */
export function lineHeight(zoom: number): number {
  return (letterHeight + 1) * zoom;
}

function indexOf(ink: Ink): number {
  return ironSteps + inks.indexOf(ink);
}
