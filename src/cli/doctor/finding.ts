/** What is looked at, by its name in JSON, with its name for people. In the order in which they are reported. */
export const checkTitles = {
  node: "Node.js",
  page: "Web page",
  data: "Data folder",
  clock: "Clock",
  "computer-supply": "Computer's supply",
  "i2c-bus": "I2C bus",
  "power-line": "Camera: power switch",
  "sensor-power": "Sensors: power switch",
  "lepton-control": "Camera: control",
  "lepton-module": "Camera: model",
  "lepton-settings": "Camera: settings",
  "spi-bus": "SPI bus",
  "lepton-video": "Camera: pictures",
  "lepton-shutter": "Camera: shutter",
  "lepton-supply": "Camera: supply",
  purethermal: "Camera: PureThermal",
  ffmpeg: "ffmpeg",
  "scd41-control": "CO2 sensor: control",
  "scd41-model": "CO2 sensor: model",
  "scd41-self-calibration": "CO2 sensor: calibration",
  "scd41-readings": "CO2 sensor: readings",
  "scd41-self-test": "CO2 sensor: self-test",
  sgp41: "Gas sensor SGP41",
  sps30: "Particles SPS30",
  sen66: "Air sensor SEN66",
  sfa30: "Formaldehyde SFA30",
} as const;

/** Name of a check. */
export type CheckName = keyof typeof checkTitles;

/** Names of what can be wrong, for programs; docs/guides/doctor.md explains each. */
export const problemCodes = [
  "node-old",
  "page-missing",
  "data-not-writable",
  "data-disk-full",
  "clock-wrong",
  "computer-supply-low",
  "device-missing",
  "permission-denied",
  "device-busy",
  "device-in-use",
  "bus-error",
  "bus-empty",
  "bus-held",
  "lepton-missing",
  "lepton-foreign-chip",
  "lepton-not-booted",
  "lepton-busy",
  "lepton-refuses",
  "lepton-control-disturbed",
  "lepton-not-radiometric",
  "lepton-unknown-module",
  "lepton-setting-refused",
  "lepton-miso-low",
  "lepton-miso-high",
  "lepton-only-discards",
  "lepton-crc-errors",
  "lepton-no-telemetry",
  "lepton-no-picture",
  "lepton-pictures-lost",
  "lepton-picture-frozen",
  "lepton-raw-counts",
  "lepton-old-firmware",
  "lepton-over-temperature",
  "lepton-shutter-lockout",
  "lepton-shutter-stuck",
  "lepton-restarted",
  "lepton-lost",
  "video-missing",
  "video-permission",
  "video-other-camera",
  "ffmpeg-missing",
  "scd41-missing",
  "scd41-foreign-chip",
  "scd41-checksums",
  "scd41-drops-out",
  "scd41-wrong-model",
  "scd41-self-calibration-on",
  "scd41-silent",
  "scd41-restarted",
  "scd41-lost",
  "scd41-implausible",
  "scd41-stuck",
  "scd41-self-test-failed",
  "extra-missing",
  "extra-foreign-chip",
  "extra-checksums",
  "extra-self-test-failed",
] as const;

/** One of them. */
export type ProblemCode = (typeof problemCodes)[number];

/** What is wrong, and the one thing to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence. */
  readonly text: string;
  /** One sentence. */
  readonly remedy: string;
}

/** The result of one check. */
export type Finding =
  | { readonly check: CheckName; readonly verdict: "ok"; readonly text: string }
  /** The text says why. */
  | { readonly check: CheckName; readonly verdict: "skipped"; readonly text: string }
  | ({ readonly check: CheckName; readonly verdict: "problem" } & Problem);

/** Gathers findings and tells each at once. Every check is reported once. */
export class FindingList {
  readonly #findings: Finding[] = [];
  readonly #onFinding: (finding: Finding) => void;

  constructor(onFinding: (finding: Finding) => void = () => {}) {
    this.#onFinding = onFinding;
  }

  /** All so far, in the order in which they came. */
  get all(): readonly Finding[] {
    return this.#findings;
  }

  /** Those that are problems. */
  get problems(): readonly (Finding & { readonly verdict: "problem" })[] {
    return this.#findings.filter((finding) => finding.verdict === "problem");
  }

  /** A check that found everything as it should be. */
  ok(check: CheckName, text: string): void {
    this.#add({ check, verdict: "ok", text });
  }

  /** A check that found something wrong. */
  problem(check: CheckName, { code, text, remedy }: Problem): void {
    this.#add({ check, verdict: "problem", code, text, remedy });
  }

  /** Checks that were not made, each unless it has been reported already; the text says why. */
  skip(checks: readonly CheckName[], text: string): void {
    for (const check of checks) {
      if (!this.#has(check)) this.#add({ check, verdict: "skipped", text });
    }
  }

  #has(check: CheckName): boolean {
    return this.#findings.some((finding) => finding.check === check);
  }

  #add(finding: Finding): void {
    this.#findings.push(finding);
    this.#onFinding(finding);
  }
}
