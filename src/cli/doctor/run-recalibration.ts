import { checkI2cBus } from "./check-i2c-bus.ts";
import { checkScd41Basics } from "./check-scd41.ts";
import type { DoctorSurroundings } from "./doctor-surroundings.ts";
import type { FindingList } from "./finding.ts";
import { type RecalibrationOptions, recalibrateScd41, recalibrationConditions } from "./recalibrate-scd41.ts";

/** A recalibration, and what is checked before it. */
export interface RecalibrationRun extends Omit<RecalibrationOptions, "i2c" | "clock" | "progress"> {
  readonly surroundings: DoctorSurroundings;
  readonly findings: FindingList;
}

/** What a recalibration came to. */
export type RecalibrationResult =
  | { readonly kind: "done"; readonly correctionPpm: number; readonly beforePpm: number }
  | { readonly kind: "stopped" }
  /** The sensor cannot be recalibrated; `findings` says why. */
  | { readonly kind: "problem" };

/** Makes sure that it is an SCD41 that answers, says what has to be true, counts down and recalibrates. */
export async function runRecalibration(run: RecalibrationRun): Promise<RecalibrationResult> {
  const { surroundings, findings, note, targetPpm } = run;
  const bus = await checkI2cBus(surroundings, findings);
  try {
    const chip = await checkScd41Basics(bus, surroundings, findings);
    if (chip === null || bus === null) {
      findings.skip(["scd41-model", "scd41-self-calibration"], "See the problem before it.");
      return { kind: "problem" };
    }
    for (const line of recalibrationConditions(targetPpm)) note(line);
    const { clock, progress } = surroundings;
    const done = await recalibrateScd41({ ...run, i2c: bus.i2c, clock, progress });
    return done === null ? { kind: "stopped" } : { kind: "done", ...done };
  } finally {
    await bus?.i2c.close();
  }
}
