import type { LinkWatch, MeasuredSecond, SecondCounts } from "./link-watch.ts";

const minuteMicros = 60_000_000;
const columns = ["hottest", "humidity"] as const;

/**
 * What is wrong about a device's telemetry in the hub's store, by the minute, because the store folds seconds into
 * minutes: fewer values than the hub has said that it has, or more than were measured.
 */
export function telemetryViolations(telemetry: {
  readonly link: LinkWatch;
  /** Times of the seconds that the hub took as they came. */
  readonly keptSeconds: ReadonlySet<number>;
  readonly stored: ReadonlyMap<number, SecondCounts>;
}): string[] {
  const { link, keptSeconds, stored } = telemetry;
  const taken = new Set(keptSeconds);
  for (const id of link.receivedBatches) for (const atMicros of link.batches.get(id)!) taken.add(atMicros);
  const measured = byMinute(link.seconds);
  const due = byMinute([...taken].map((atMicros) => [atMicros, dueOf(link.seconds.get(atMicros))] as const));
  let lost = 0;
  let tooMany = 0;
  for (const minute of new Set([...measured.keys(), ...stored.keys()])) {
    for (const column of columns) {
      const held = stored.get(minute)?.[column] ?? 0;
      lost = Math.max(lost, (due.get(minute)?.[column] ?? 0) - held);
      tooMany = Math.max(tooMany, held - (measured.get(minute)?.[column] ?? 0));
    }
  }
  return [
    ...(lost > 0 ? [`${lost} seconds of telemetry of one minute were taken by the hub and are lost.`] : []),
    ...(tooMany > 0 ? [`${tooMany} seconds of telemetry of one minute are stored twice.`] : []),
  ];
}

/** A second that was measured twice is stored once, with the values of the first time. */
function dueOf(second: MeasuredSecond | undefined): SecondCounts {
  if (second === undefined) return { hottest: 0, humidity: 0 };
  const { times, hottest, humidity } = second;
  return { hottest: hottest === times ? 1 : 0, humidity: humidity === times ? 1 : 0 };
}

function byMinute(seconds: Iterable<readonly [number, SecondCounts]>): ReadonlyMap<number, SecondCounts> {
  const minutes = new Map<number, SecondCounts>();
  for (const [atMicros, { hottest, humidity }] of seconds) {
    const minute = atMicros - (atMicros % minuteMicros);
    const sum = minutes.get(minute) ?? { hottest: 0, humidity: 0 };
    minutes.set(minute, { hottest: sum.hottest + hottest, humidity: sum.humidity + humidity });
  }
  return minutes;
}
