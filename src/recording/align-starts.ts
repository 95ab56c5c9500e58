import { microsPerSecond } from "#core/time.ts";
import type { Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { unixTimesBeginAtMicros } from "./recording-limits.ts";

/**
 * Recordings no further apart than this belong together as they are: a reading stands for the time until the next one.
 */
const apartMicrosMax = 60 * microsPerSecond;

/** A recording and when its first entry is; null when it has none. */
export interface StartedRecording {
  readonly recording: Recording;
  readonly startMicros: number | null;
}

/** How the air readings are moved: all by the same time, each recording in `moved`. */
export interface Alignment {
  readonly moved: ReadonlySet<Recording>;
  readonly shiftMicros: number;
  /** Says so at the start of the pictures, in a "damage" entry that has lost nothing. */
  readonly notice: RecordingEntry;
}

interface Dated {
  readonly recording: Recording;
  readonly startMicros: number;
}

/**
 * Air readings of another day than the pictures, both with dates, are moved so that the two begin together. Null when
 * nothing is to be moved: no pictures or no readings beside them, one of them without a date, or some of the readings
 * within a minute of the pictures. Reads the earlier of two recordings up to the start of the later.
 */
export async function alignStarts(started: readonly StartedRecording[]): Promise<Alignment | null> {
  const dated = started.flatMap(({ recording, startMicros }): Dated[] =>
    startMicros === null || startMicros < unixTimesBeginAtMicros ? [] : [{ recording, startMicros }],
  );
  const pictures = dated.filter(({ recording }) => recording.width !== null);
  const air = dated.filter(({ recording }) => recording.width === null && recording.hasAir);
  if (pictures.length === 0 || air.length === 0) return null;
  for (const one of pictures) for (const other of air) if (await belongTogether(one, other)) return null;
  const first = earliest(pictures);
  const firstAir = earliest(air);
  const notice = {
    kind: "damage",
    atMicros: first.startMicros,
    what:
      `${firstAir.recording.path} begins at ${dateOf(firstAir.startMicros)} and ${first.recording.path} at ` +
      `${dateOf(first.startMicros)}, and they do not overlap: the air readings were moved so that both begin together`,
    lost: 0,
  } as const;
  return {
    moved: new Set(air.map(({ recording }) => recording)),
    shiftMicros: first.startMicros - firstAir.startMicros,
    notice,
  };
}

async function belongTogether(one: Dated, other: Dated): Promise<boolean> {
  const [before, after] = one.startMicros <= other.startMicros ? [one, other] : [other, one];
  const neededMicros = after.startMicros - apartMicrosMax;
  if (before.startMicros >= neededMicros) return true;
  for await (const entry of before.recording.entries()) if (entry.atMicros >= neededMicros) return true;
  return false;
}

function earliest(dated: readonly Dated[]): Dated {
  return dated.reduce((a, b) => (b.startMicros < a.startMicros ? b : a));
}

function dateOf(atMicros: number): string {
  return new Date(Math.floor(atMicros / 1_000)).toISOString().replace(/\.\d+Z$/, "Z");
}
