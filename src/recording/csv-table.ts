import { badInput } from "#core/failure.ts";

/** Most lines of a CSV file; a longer one is refused. */
export const csvLinesMax = 4_000_000;

/** One line of a CSV file. */
export interface CsvLine {
  /** Counted from 1, as editors do. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** Decodes the bytes of a text file (UTF-8 or UTF-16 with a byte-order mark). Throws Failure("input") for other files. */
export function decodeText(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes.subarray(0, 4_096).includes(0))
    throw badInput("air-csv-not-text", `${path} is not a text file: give a CSV of air readings.`);
  return new TextDecoder("utf-8").decode(bytes);
}

/**
 * Splits text into lines of cells (RFC 4180 quoting, without line breaks inside quotes, so that one stray quote costs
 * one line). The separator is the one of comma, semicolon and tab that most lines have most of; commas that can only be
 * decimal ones do not count, and are given as points. Lines without any content are left out. Throws Failure("input") above `csvLinesMax` lines.
 */
export function csvLines(text: string, path: string): readonly CsvLine[] {
  const separator = commonSeparator(text);
  const decimalComma = usesDecimalComma(text, separator);
  const lines: CsvLine[] = [];
  let number = 0;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    number += 1;
    const line = text.slice(start, end).replace(/\r$/, "");
    start = end + 1;
    const split = splitLine(line, separator);
    const cells = decimalComma ? split.map(withDecimalPoint) : split;
    if (cells.every((cell) => cell === "")) continue;
    if (lines.length === csvLinesMax)
      throw badInput("recording-too-large", `${path} has more than ${csvLinesMax} lines: split it.`);
    lines.push({ number, cells });
  }
  return lines;
}

/** How much of a file decides about separator and decimal comma. */
const sampleCharacters = 64 * 1024;

function commonSeparator(text: string): string {
  const sample = text.slice(0, sampleCharacters);
  const lines = sample.split("\n").filter((line) => line.trim() !== "");
  for (const separator of [";", "\t"]) {
    const split = lines.filter((line) => line.includes(separator));
    if (2 * split.length > lines.length && split.every((line) => hasOnlyDecimalCommas(line, separator)))
      return separator;
  }
  let best = ",";
  let bestCount = 0;
  for (const separator of [",", ";", "\t"]) {
    const count = sample.split(separator).length - 1;
    if (count <= bestCount) continue;
    best = separator;
    bestCount = count;
  }
  return best;
}

/** A number with a comma and no point in it; a time of day may have one before its fraction. */
const commaNumber = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;
const commaTime = /:\d{2},\d+/;

function hasOnlyDecimalCommas(line: string, separator: string): boolean {
  return splitLine(line, separator).every(
    (cell) => !cell.includes(",") || commaNumber.test(cell) || commaTime.test(cell),
  );
}

/**
 * True when the numbers of a file have decimal commas: no number has a point, and not all have three digits after the
 * comma, for "1,234" alone may be a thousand and more as well.
 */
function usesDecimalComma(text: string, separator: string): boolean {
  if (separator === ",") return false;
  const lines = text.slice(0, sampleCharacters).split("\n");
  const cells = lines.flatMap((line) => splitLine(line.replace(/\r$/, ""), separator));
  if (cells.some((cell) => /^[+-]?\d*\.\d+(e[+-]?\d+)?$/i.test(cell))) return false;
  return cells.some((cell) => commaNumber.test(cell) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell));
}

function withDecimalPoint(cell: string): string {
  return commaNumber.test(cell) ? cell.replace(",", ".") : cell;
}

function splitLine(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i]!;
    if (character === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}
