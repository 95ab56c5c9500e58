import type { CaptureClock, MakeCaptureReader } from "../capture-reader.ts";

/** What a capture worker's entry file hands to `runCaptureWorker`. */
export interface CaptureWorkerOptions {
  readonly clock: CaptureClock;
  readonly makeReader: MakeCaptureReader;
}
