import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import { alignStarts } from "./align-starts.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { unixTimesBeginAtMicros } from "./recording-limits.ts";
import { shiftEntry } from "./shift-entry.ts";

/** How long after a whole second it is closed, so that frames on their way still count. */
const tickDelayMicros = 250_000;

/**
 * In a longer gap than this (10 days) only the first hour gets ticks, and a damage entry says so: a damaged time stamp
 * must not make a replay run through years of seconds.
 */
const tickedGapMaxMicros = 10 * 86_400 * microsPerSecond;
const tickedInLongGapMicros = 3_600 * microsPerSecond;

/**
 * Merges recordings into one time line by time; entries of the same time come in the order of the recordings, each
 * recording's own entries in their own order. Recordings without a date (their times begin before 1980) are moved to
 * the earliest start of those with one. Air readings of another day than the pictures are moved to the start of the
 * pictures, and a damage entry that has lost nothing says so (`alignStarts`). When none carries ticks, a tick is added 250 ms after each whole second, from
 * the first entry until the second of the last one is closed.
 */
export async function* mergeTimeLines(recordings: readonly Recording[]): AsyncGenerator<RecordingEntry> {
  const sources = await startedSources(recordings);
  const merged = mergedEntries(sources);
  if (recordings.some((recording) => recording.hasTicks)) yield* merged;
  else yield* withTicks(merged);
}

interface Source {
  readonly iterator: AsyncIterator<RecordingEntry>;
  head: RecordingEntry | null;
  shiftMicros: number;
  /** Comes before the head, at its time. */
  notice: RecordingEntry | null;
}

async function startedSources(recordings: readonly Recording[]): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const recording of recordings) {
    const iterator = recording.entries()[Symbol.asyncIterator]();
    const first = await iterator.next();
    sources.push({ iterator, head: first.done === true ? null : first.value, shiftMicros: 0, notice: null });
  }
  await alignDated(recordings, sources);
  placeUndated(sources);
  return sources;
}

async function alignDated(recordings: readonly Recording[], sources: readonly Source[]): Promise<void> {
  const alignment = await alignStarts(
    recordings.map((recording, i) => ({ recording, startMicros: sources[i]!.head?.atMicros ?? null })),
  );
  if (alignment === null) return;
  let notice: RecordingEntry | null = alignment.notice;
  recordings.forEach((recording, i) => {
    const source = sources[i]!;
    if (!alignment.moved.has(recording)) return;
    source.shiftMicros = alignment.shiftMicros;
    if (startOf(source) !== notice?.atMicros) return;
    source.notice = notice;
    notice = null;
  });
}

function placeUndated(sources: readonly Source[]): void {
  const undated = sources.filter(({ head }) => head !== null && head.atMicros < unixTimesBeginAtMicros);
  const dated = sources.filter(({ head }) => head !== null && head.atMicros >= unixTimesBeginAtMicros);
  if (dated.length === 0) return;
  const zero = dated.map(startOf).reduce((a, b) => Math.min(a, b));
  for (const source of undated) source.shiftMicros = zero - source.head!.atMicros;
}

/** When a source begins, moved; only for one that has an entry. */
function startOf(source: Source): number {
  return source.head!.atMicros + source.shiftMicros;
}

async function* mergedEntries(sources: readonly Source[]): AsyncGenerator<RecordingEntry> {
  try {
    for (;;) {
      const source = earliest(sources);
      if (source?.head === null || source === null) return;
      if (source.notice !== null) yield source.notice;
      source.notice = null;
      yield shiftEntry(source.head, { offsetMicros: source.shiftMicros });
      const next = await source.iterator.next();
      source.head = next.done === true ? null : next.value;
    }
  } finally {
    for (const source of sources) await source.iterator.return?.();
  }
}

function earliest(sources: readonly Source[]): Source | null {
  let best: Source | null = null;
  let bestAtMicros = Number.POSITIVE_INFINITY;
  for (const source of sources) {
    if (source.head === null) continue;
    const atMicros = source.head.atMicros + source.shiftMicros;
    if (atMicros >= bestAtMicros) continue;
    best = source;
    bestAtMicros = atMicros;
  }
  return best;
}

async function* withTicks(entries: AsyncIterable<RecordingEntry>): AsyncGenerator<RecordingEntry> {
  let nextTickMicros: number | null = null;
  let lastMicros = 0;
  for await (const entry of entries) {
    if (nextTickMicros === null) {
      nextTickMicros = tickAfter(entry.atMicros);
    } else {
      const untilMicros = tickedUntil(lastMicros, entry.atMicros);
      for (; nextTickMicros < untilMicros; nextTickMicros += microsPerSecond) yield tick(nextTickMicros);
      if (untilMicros < entry.atMicros) {
        // The device must know of the new time before the first picture of it comes, else it takes it for a wrong one.
        nextTickMicros = tickAfter(entry.atMicros);
        yield tick(nextTickMicros - microsPerSecond);
        yield longGap(lastMicros, entry.atMicros);
      }
    }
    lastMicros = entry.atMicros;
    yield entry;
  }
  if (nextTickMicros === null) return;
  const closingMicros = floorToSecondMicros(lastMicros) + microsPerSecond + tickDelayMicros;
  for (; nextTickMicros <= closingMicros; nextTickMicros += microsPerSecond) yield tick(nextTickMicros);
}

function tickedUntil(lastMicros: number, nextMicros: number): number {
  return nextMicros - lastMicros > tickedGapMaxMicros ? lastMicros + tickedInLongGapMicros : nextMicros;
}

function tick(atMicros: number): RecordingEntry {
  return { kind: "tick", atMicros };
}

function longGap(fromMicros: number, toMicros: number): RecordingEntry {
  const days = Math.floor((toMicros - fromMicros) / (86_400 * microsPerSecond));
  return { kind: "damage", atMicros: toMicros, what: `nothing was recorded for ${days} days`, lost: 0 };
}

/** The first tick after a time. */
function tickAfter(atMicros: number): number {
  const candidate = floorToSecondMicros(atMicros) + tickDelayMicros;
  return candidate > atMicros ? candidate : candidate + microsPerSecond;
}
