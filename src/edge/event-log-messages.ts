import type { EntryRange, EventLogCounts, LoggedEntry, NewEntry } from "#core/event-log/event-log.ts";
import type { TravellingFailure } from "./travelling-failure.ts";

/** What the worker of an event log is asked; `request` pairs it with its answer. */
export type EventLogQuestion = { readonly request: number } & (
  | { readonly ask: "append"; readonly entry: NewEntry }
  | { readonly ask: "read"; readonly range: EntryRange }
  | { readonly ask: "remove"; readonly sequences: readonly number[] }
  | { readonly ask: "counts" }
  | { readonly ask: "close" }
);

/** What the worker answers: first once that the file is open, or why not; then one answer to each question. */
export type EventLogAnswer =
  | { readonly kind: "opened"; readonly damage: string | null }
  | { readonly kind: "not-opened"; readonly failure: TravellingFailure }
  | { readonly kind: "done"; readonly request: number; readonly value: EventLogValue }
  | { readonly kind: "refused"; readonly request: number; readonly failure: TravellingFailure };

/** The value of a done question: a sequence, entries, counts, or nothing. */
export type EventLogValue = number | readonly LoggedEntry[] | EventLogCounts | null;
