import type { VideoDevice } from "./doctor-surroundings.ts";

/** Whether a folder can be written to. */
export type FolderState =
  | { readonly kind: "writable"; readonly freeBytes: number }
  /** The reason is a clause for people, for example "permission denied". */
  | { readonly kind: "not-writable"; readonly reason: string };

/** What the machine says about the program and itself. */
export interface ProgramFacts {
  /** For example "24.21.0". */
  readonly nodeVersion: string;
  /** Folder of the built page; null when there is none. */
  readonly pageFolder: string | null;
  readonly dataFolder: { readonly path: string; readonly state: FolderState };
  /** As /sys/…/get_throttled of a Raspberry Pi has it, hexadecimal; null on other machines. */
  readonly throttled: string | null;
}

/** What the machine says about a camera on USB. */
export interface VideoFacts {
  readonly device: VideoDevice;
  /** "ok", or why it cannot be opened. */
  readonly access: "ok" | "missing" | "permission-denied";
  /** Cameras that there are. */
  readonly others: readonly VideoDevice[];
  /** First line of "ffmpeg -version"; null when there is none. */
  readonly ffmpegVersion: string | null;
}
