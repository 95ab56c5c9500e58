import { badInput } from "#core/failure.ts";
import type { Clip, ClipDamage, Picture } from "./clip.ts";
import { clipUnit, pictureInUnits } from "./pixel-units.ts";
import type { RadiometricCalibration, Recording } from "./recording.ts";
import type { RecordingEntry } from "./recording-entry.ts";
import { risingTimes } from "./rising-times.ts";

/**
 * Makes a recording of a parsed file: pictures in time order, those with a time stamp that breaks the order dropped
 * and counted. Throws Failure("input", "recording-damaged") when fewer than half of the pictures can be read.
 */
export function clipRecording(
  path: string,
  clip: Clip,
  calibration: RadiometricCalibration | null,
): Recording {
  const kept = risingTimes(clip.timesMicros);
  const damage = [...clip.damage, ...disorderDamage(kept)].sort((a, b) => a.afterPictures - b.afterPictures);
  refuseUnlessHalf(path, kept, damage);
  const storedUnit = clipUnit(clip.pictures());
  const line: ClipLine = { clip, kept, damage };
  return {
    path,
    format: clip.format,
    width: clip.width,
    height: clip.height,
    unit: calibration === null ? storedUnit : "centikelvin",
    hasAir: false,
    hasTicks: false,
    async *entries() {
      for (const { picture, entry } of lineEntries(line)) {
        if (picture === null) {
          yield entry;
          continue;
        }
        const values = pictureInUnits(picture, { unit: storedUnit, calibration });
        yield thermalEntry(clip, picture, values);
      }
    },
  };
}

interface ClipLine {
  readonly clip: Clip;
  readonly kept: Uint8Array;
  readonly damage: readonly ClipDamage[];
}

type LineItem =
  | { readonly picture: Picture; readonly entry: null }
  | { readonly picture: null; readonly entry: RecordingEntry };

function* lineEntries({ clip, kept, damage }: ClipLine): Iterable<LineItem> {
  let index = 0;
  let next = 0;
  let atMicros = clip.timesMicros[kept.indexOf(1)] ?? 0;
  for (const picture of clip.pictures()) {
    if (kept[index] === 1) atMicros = picture.atMicros;
    for (; next < damage.length && damage[next]!.afterPictures <= index; next += 1)
      yield { picture: null, entry: damageEntry(atMicros, damage[next]!) };
    if (kept[index] === 1) yield { picture, entry: null };
    index += 1;
  }
  for (; next < damage.length; next += 1)
    yield { picture: null, entry: damageEntry(atMicros, damage[next]!) };
}

function damageEntry(atMicros: number, { what, lost }: ClipDamage): RecordingEntry {
  return { kind: "damage", atMicros, what, lost };
}

function thermalEntry(
  clip: Clip,
  picture: Picture,
  values: ReturnType<typeof pictureInUnits>,
): RecordingEntry {
  const { atMicros, frameCounter, telemetry } = picture;
  return {
    kind: "thermal",
    atMicros,
    frame: {
      width: clip.width,
      height: clip.height,
      capturedAtMicros: atMicros,
      frameCounter,
      unit: values.unit,
      pixels: values.pixels,
      telemetry,
    },
  };
}

function disorderDamage(kept: Uint8Array): ClipDamage[] {
  const damage: ClipDamage[] = [];
  for (let i = 0; i < kept.length; i += 1) {
    if (kept[i] === 1) continue;
    const start = i;
    while (i < kept.length && kept[i] === 0) i += 1;
    const lost = i - start;
    damage.push({ what: "pictures with a time stamp out of order", lost, afterPictures: start });
  }
  return damage;
}

function refuseUnlessHalf(path: string, kept: Uint8Array, damage: readonly ClipDamage[]): void {
  const readable = kept.reduce((sum, one) => sum + one, 0);
  const lost = damage.reduce((sum, one) => sum + one.lost, 0);
  const worst = damage.reduce<ClipDamage | null>((a, b) => (a === null || b.lost > a.lost ? b : a), null);
  if (readable > 0 && readable >= lost) return;
  const why = worst === null ? "it holds no picture" : worst.what;
  throw badInput(
    "recording-damaged",
    `${path} is damaged: ${readable} of ${readable + lost} pictures can be read (${why}); copy or record it again.`,
  );
}
