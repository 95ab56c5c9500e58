import type { RecordingEntry } from "./recording-entry.ts";

/** The same entry at another time: every timestamp in it moves by the offset. */
export function shiftEntry(entry: RecordingEntry, shift: { readonly offsetMicros: number }): RecordingEntry {
  const { offsetMicros } = shift;
  if (offsetMicros === 0) return entry;
  const atMicros = entry.atMicros + offsetMicros;
  if (entry.kind === "thermal") {
    const capturedAtMicros = entry.frame.capturedAtMicros + offsetMicros;
    return { ...entry, atMicros, frame: { ...entry.frame, capturedAtMicros } };
  }
  if (entry.kind === "air") {
    const sampledAtMicros = entry.sample.sampledAtMicros + offsetMicros;
    return { ...entry, atMicros, sample: { ...entry.sample, sampledAtMicros } };
  }
  if (entry.kind === "channel") {
    const sampledAtMicros = entry.sample.sampledAtMicros + offsetMicros;
    return { ...entry, atMicros, sample: { ...entry.sample, sampledAtMicros } };
  }
  if (entry.kind === "event") {
    return { ...entry, atMicros, event: { ...entry.event, atMicros: entry.event.atMicros + offsetMicros } };
  }
  return { ...entry, atMicros };
}
