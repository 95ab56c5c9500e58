import type { FromRecorder, RecordBegin, RecordClip, RecordMessage } from "#wire/recorder-messages.ts";

/** What a `LinkProcess` carries to a recorder in its process, and from it. */
export interface RecorderCargo {
  /** Set by whoever carries: called when something may be fetched by `next`. */
  onWaiting: () => void;
  /** What a new process has to know first. */
  begin(): RecordBegin;
  /** The next message; null while nothing waits. */
  next(): RecordMessage | RecordClip | null;
  /** The recorder has said something. */
  hear(message: FromRecorder): void;
  /** Readings and events that were let go since the last time this was asked. */
  takeLetGo(): number;
  /** The process has ended, with all that it was given. */
  ended(): void;
}
