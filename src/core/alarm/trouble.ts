/** Named faults. Silence is a fault: missing, stale, frozen or implausible data is trouble, never "no fire". */
export type TroubleCode =
  | "camera-silent"
  | "camera-frozen"
  | "camera-not-radiometric"
  | "camera-over-temperature"
  | "camera-shutter-lockout"
  | "camera-link-failed"
  | "camera-control-failed"
  | "camera-wrong-module"
  | "camera-shutter-stuck"
  | "camera-gain-uncorrected"
  | "camera-saturated"
  | "camera-bad-pixels"
  | "camera-covered"
  | "camera-moved"
  | "camera-ffc-overdue"
  | "camera-slow"
  | "camera-masked"
  | "hot-at-commissioning"
  | "clock-jumps"
  | "frames-rejected"
  | "air-silent"
  | "air-implausible"
  | "air-not-answering"
  | "air-checksum-errors"
  | "air-self-calibration"
  | "air-wrong-sensor"
  | "air-stuck"
  | "air-calibration"
  | "climate-mismatch"
  | "sgp41-fault"
  | "sps30-fault"
  | "sen66-fault"
  | "sfa30-fault"
  | "recording-damaged"
  | "rows-rejected"
  | "state-not-saved"
  | "model-failed"
  | "model-missing"
  | "link-down"
  | "link-process-down"
  | "certificate-expiring"
  | "output-failed"
  | "input-failed"
  | "config-rolled-back"
  | "model-rolled-back"
  | "self-test-failed"
  | "self-test-overdue"
  | "device-silent";

/** A fault that stands. */
export interface Trouble {
  readonly code: TroubleCode;
  /** One sentence for people: what is wrong and what to do. */
  readonly text: string;
  readonly sinceMicros: number;
}
