import type { Modality } from "#model-package/head.ts";

/** One way of running a detector over an episode. */
export interface ArmSpec {
  readonly name: string;
  readonly sensors: Modality;
  readonly rules: "on" | "off";
  /** Which of the packages; null for rules alone. */
  readonly model: number | null;
  /** Whether declared hot places are known to the device. */
  readonly site: "known" | "unknown";
}

/** Name of the arm that is run as a device is installed: rules and model, both sensors, hot places declared. */
export const installedArm = "rules + model, site known";
/** The same without knowledge of the site. */
export const strangerArm = "rules + model";
/** No model at all. */
export const rulesArm = "rules alone";

/** The arms of an evaluation of one package, or of two side by side. */
export function evaluationArms(packages: number): readonly ArmSpec[] {
  const fused = { sensors: "fused", rules: "on", model: 0, site: "unknown" } as const;
  const arms: ArmSpec[] = [
    { ...fused, name: installedArm, site: "known" },
    { ...fused, name: strangerArm },
    { ...fused, name: rulesArm, model: null },
    { ...fused, name: "rules alone, site known", model: null, site: "known" },
    { ...fused, name: "model alone", rules: "off" },
    { ...fused, name: "model alone, site known", rules: "off", site: "known" },
    { ...fused, name: "thermal only: rules + model", sensors: "thermal-only" },
    { ...fused, name: "thermal only: model alone", sensors: "thermal-only", rules: "off" },
    { ...fused, name: "air only: rules + model", sensors: "air-only" },
  ];
  for (let model = 1; model < packages; model += 1) {
    const other = `package ${model + 1}`;
    arms.push(
      { ...fused, model, name: `${other}: rules + model, site known`, site: "known" },
      { ...fused, model, name: `${other}: rules + model` },
      { ...fused, model, name: `${other}: model alone`, rules: "off" },
    );
  }
  return arms;
}
