import { basename } from "node:path";
import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import { csvLines } from "#recording/csv-table.ts";
import { labelNames } from "./dataset-columns.ts";
import { labelCodeOf, labelWordsText } from "./label-word.ts";

/** Most intervals of one file; more are refused. */
export const incidentsMax = 100_000;

/** A moment: seconds since the recording began, or a date. */
type Moment =
  | { readonly kind: "second"; readonly second: number }
  | { readonly kind: "date"; readonly atMicros: number };

/** A stretch of a recording in which somebody says what was to be seen. */
export interface Incident {
  /** File name of the recording; null: of every recording. */
  readonly recording: string | null;
  readonly from: Moment;
  readonly to: Moment;
  /** Code of `labelNames`. */
  readonly label: number;
  /** File and entry that say so, for messages. */
  readonly where: string;
}

const momentSchema = z.union([z.number(), z.string()]);
const incidentSchema = z.object({
  recording: z.string().nullish(),
  from: momentSchema,
  to: momentSchema,
  label: z.union([z.string(), z.number()]),
});
const fileSchema = z.union([
  z.array(incidentSchema).max(incidentsMax),
  z.object({ incidents: z.array(incidentSchema).max(incidentsMax) }),
]);

/**
 * Reads labelled intervals: JSON, `[{"recording": "a.mcap", "from": 12.5, "to": 80, "label": "flaming"}]` (or under
 * `incidents`), or a CSV with these columns. Times are seconds since the recording began, or dates in ISO 8601. Throws
 * `badInput` that names the first entry that is wrong.
 */
export function readIncidents(file: { readonly path: string; readonly text: string }): readonly Incident[] {
  const rows = /^\s*[[{]/.test(file.text) ? fromJson(file) : fromCsv(file);
  return rows.map((row, index) => {
    const where = `${file.path}, entry ${index + 1}`;
    const label = labelCodeOf(String(row.label));
    if (label === null)
      throw badInput("incident-label", `${where}: "${row.label}" is no label; they are ${labelWordsText}.`);
    const from = momentOf(row.from, where);
    const to = momentOf(row.to, where);
    if (from.kind !== to.kind || sizeOf(to) < sizeOf(from))
      throw badInput("incident-times", `${where}: it must begin before it ends, in the same kind of time.`);
    return { recording: row.recording ? basename(row.recording) : null, from, to, label, where };
  });
}

/** A second of a recording: since it began, and by the clock. */
export interface RecordedSecond {
  readonly second: number;
  readonly atMicros: number;
}

/** Most useless entries that a message names. */
const unusedShownMax = 5;

/** Labels seconds by intervals and remembers which intervals have labelled any, so that none is overlooked in silence. */
export class IncidentLabels {
  readonly #incidents: readonly Incident[];
  readonly #used = new Set<Incident>();

  constructor(incidents: readonly Incident[]) {
    this.#incidents = incidents;
  }

  /**
   * How seconds of a recording are called: by the interval that holds them, `none` outside of all; where one interval ends
   * and the next begins, by the one that begins. Null when no entry speaks of the recording, so that nothing is known of
   * it. What it returns throws `badInput` where two intervals say different things of a second.
   */
  of(path: string): ((at: RecordedSecond) => number) | null {
    const own = incidentsOf(this.#incidents, path);
    return own === null ? null : (at) => this.#labelAt(own, { ...at, path });
  }

  /** Throws `badInput` that names the intervals that have labelled no second of anything. */
  refuseUnused(): void {
    const unused = this.#incidents.filter((incident) => !this.#used.has(incident));
    if (unused.length === 0) return;
    const shown = unused.slice(0, unusedShownMax).map(({ where, recording, from, to }) => {
      const of = recording === null ? "" : ` of ${recording}`;
      return `${where} (${textOf(from)} to ${textOf(to)}${of})`;
    });
    const more = unused.length > shown.length ? `, and ${unused.length - shown.length} more` : "";
    throw badInput(
      "incident-unused",
      `${shown.join("; ")}${more}: no second with a picture lies there. Compare the name with the imported files and the times with their length, or take the entry out.`,
    );
  }

  #labelAt(own: readonly Incident[], at: RecordedSecond & { readonly path: string }): number {
    const now = ({ kind }: Moment) => (kind === "second" ? at.second : at.atMicros);
    const holding = own.filter(({ from, to }) => sizeOf(from) <= now(from) && now(to) <= sizeOf(to));
    for (const incident of holding) this.#used.add(incident);
    const going = holding.filter(({ to }) => now(to) < sizeOf(to));
    const [first, ...others] = going.length > 0 ? going : holding;
    const other = others.find(({ label }) => label !== first!.label);
    if (other !== undefined)
      throw badInput(
        "incident-overlap",
        `${first!.where}, and ${other.where}: they overlap in ${at.path} at second ${at.second} and say ${labelNames[first!.label]} and ${labelNames[other.label]}. Make one end before the other begins.`,
      );
    return first?.label ?? labelNames.indexOf("none");
  }
}

/** The intervals of one recording; null when no entry speaks of it, so that nothing is known of it. */
function incidentsOf(incidents: readonly Incident[], path: string): readonly Incident[] | null {
  const name = basename(path);
  const own = incidents.filter(({ recording }) => recording === null || recording === name);
  return own.length === 0 ? null : own;
}

type RawIncident = z.infer<typeof incidentSchema>;

function fromJson(file: { readonly path: string; readonly text: string }): readonly RawIncident[] {
  let json: unknown;
  try {
    json = JSON.parse(file.text);
  } catch (error) {
    throw badInput("incident-file", `${file.path} is no valid JSON.`, { cause: error });
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success)
    throw badInput(
      "incident-file",
      `${file.path} needs a list of intervals with from, to and label (and recording).`,
    );
  return Array.isArray(parsed.data) ? parsed.data : parsed.data.incidents;
}

function fromCsv(file: { readonly path: string; readonly text: string }): readonly RawIncident[] {
  const [head, ...lines] = csvLines(file.text, file.path);
  const place = (name: string) => head?.cells.findIndex((cell) => cell.toLowerCase() === name) ?? -1;
  const [recording, from, to, label] = ["recording", "from", "to", "label"].map(place);
  if (from! < 0 || to! < 0 || label! < 0)
    throw badInput("incident-file", `${file.path} needs the columns from, to and label (and recording).`);
  if (lines.length > incidentsMax)
    throw badInput("incident-file", `${file.path} has more than ${incidentsMax} intervals: split it.`);
  return lines.map(({ cells }) => ({
    recording: recording! < 0 ? null : (cells[recording!] ?? null),
    from: cells[from!] ?? "",
    to: cells[to!] ?? "",
    label: cells[label!] ?? "",
  }));
}

function momentOf(value: number | string, where: string): Moment {
  const second = typeof value === "number" ? value : value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isFinite(second)) return { kind: "second", second };
  const atMs = Date.parse(String(value));
  if (Number.isFinite(atMs)) return { kind: "date", atMicros: atMs * microsPerMillisecond };
  throw badInput(
    "incident-times",
    `${where}: "${value}" is neither seconds nor a date like 2026-01-31T14:05:00Z.`,
  );
}

function textOf(moment: Moment): string {
  return moment.kind === "second"
    ? `${moment.second} s`
    : new Date(moment.atMicros / microsPerMillisecond).toISOString();
}

function sizeOf(moment: Moment): number {
  return moment.kind === "second" ? moment.second : moment.atMicros;
}

/** How many microseconds a second has, for callers that count a recording's seconds. */
export function secondOfRecording(atMicros: number, startMicros: number): number {
  return (atMicros - startMicros) / microsPerSecond;
}
