import type { TroubleCode } from "#core/alarm/trouble.ts";

/** Bits of the register of troubles, by number. */
export const troubleBit = {
  silent: 0,
  camera: 1,
  air: 2,
  otherSensor: 3,
  clock: 4,
  storage: 5,
  model: 6,
  link: 7,
  output: 8,
  input: 9,
  configuration: 10,
  selfTest: 11,
  stateUnknown: 14,
} as const;

/** Which bit a trouble sets; a new code does not compile until it has one. */
const bitOf: Readonly<Record<TroubleCode, keyof typeof troubleBit>> = {
  "camera-silent": "camera",
  "camera-frozen": "camera",
  "camera-not-radiometric": "camera",
  "camera-over-temperature": "camera",
  "camera-shutter-lockout": "camera",
  "camera-link-failed": "camera",
  "camera-control-failed": "camera",
  "camera-wrong-module": "camera",
  "camera-shutter-stuck": "camera",
  "camera-gain-uncorrected": "camera",
  "camera-saturated": "camera",
  "camera-bad-pixels": "camera",
  "camera-covered": "camera",
  "camera-moved": "camera",
  "camera-ffc-overdue": "camera",
  "camera-slow": "camera",
  "camera-masked": "camera",
  "hot-at-commissioning": "camera",
  "frames-rejected": "camera",
  "clock-jumps": "clock",
  "air-silent": "air",
  "air-implausible": "air",
  "air-not-answering": "air",
  "air-checksum-errors": "air",
  "air-self-calibration": "air",
  "air-wrong-sensor": "air",
  "air-stuck": "air",
  "air-calibration": "air",
  "climate-mismatch": "air",
  "sgp41-fault": "otherSensor",
  "sps30-fault": "otherSensor",
  "sen66-fault": "otherSensor",
  "sfa30-fault": "otherSensor",
  "recording-damaged": "storage",
  "rows-rejected": "storage",
  "state-not-saved": "storage",
  "model-failed": "model",
  "model-missing": "model",
  "model-rolled-back": "model",
  "link-down": "link",
  "link-process-down": "link",
  "output-failed": "output",
  "input-failed": "input",
  "config-rolled-back": "configuration",
  "self-test-failed": "selfTest",
  "self-test-overdue": "selfTest",
  "device-silent": "silent",
};

/** The register of troubles that stand. */
export function troubleBits(codes: readonly TroubleCode[]): number {
  return codes.reduce((bits, code) => bits | (1 << troubleBit[bitOf[code]]), 0);
}
