import type { EventLog } from "#core/event-log/event-log.ts";

/** Where a device keeps what must survive a restart: this machine's disk, or a simulated one. */
export interface DeviceDisk {
  /** Makes a folder where it is missing; throws when it cannot be made or used. */
  makeFolder(path: string): void;
  /** A whole file; null when there is none. */
  read(path: string): Promise<string | null>;
  /** Writes a whole file so that after a crash either the old or the new one is there. */
  replace(path: string, text: string): Promise<void>;
  /** Moves a file that is of no use aside, where nobody reads it. */
  setAside(path: string, asidePath: string): Promise<void>;
  /**
   * Opens the event log in this file, made where it is missing, takes in what an earlier version left undelivered in
   * `outbox`, and says in a sentence each what of them was lost. Throws badInput "event-log-too-new" and machineFault
   * "data-folder-unusable".
   */
  openEventLog(paths: {
    readonly events: string;
    readonly outbox: string;
  }): Promise<{ readonly log: EventLog; readonly damage: readonly string[] }>;
}
