import type { SecondScorer } from "#core/detection/second-scorer.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";

/** A model package that was read, checked and trusted before it decides. */
export interface InstalledModel {
  readonly scorer: SecondScorer;
  readonly identity: ModelIdentity;
}

/** There should be a model and there is none, which is trouble. */
export interface MissingModel {
  /** Why, and what to do, in sentences for people. */
  readonly missing: string;
}

/** A model, none by its user's choice, or none although there should be one. */
export type ModelChoice = InstalledModel | MissingModel | "none";

/** A model that comes, goes missing or is replaced while the device decides. */
export interface ChangingModel {
  /** Asks whatever is there; its `packageHash` is null while nothing is. */
  readonly scorer: SecondScorer;
  /** "loading": it is being checked, and until it has proven itself the rules decide alone. */
  readonly now: InstalledModel | MissingModel | "loading";
}

/** What a device works with beside its rules. */
export type DeviceModel = ModelChoice | ChangingModel;

/** Characters of the text of a trouble. */
const textCharactersMax = 500;

/** What is said where the model that comes with this software is not there. */
export const shippedModelAbsent =
  "The model that comes with this software is not there: install the software again, or name a package with --model.";

/** There is no model for a reason, which is a sentence that says what to do. */
export function missingModel(why: string): MissingModel {
  return { missing: `The rules decide alone. ${why}`.slice(0, textCharactersMax) };
}

/** The model at work; null: the rules decide alone. */
export function installedModel(model: DeviceModel | "loading" | undefined): InstalledModel | null {
  const now = modelNow(model);
  return typeof now === "object" && "identity" in now ? now : null;
}

/** What a detector asks, for as long as it runs; null where it never asks a model. */
export function scorerOf(model: DeviceModel | undefined): SecondScorer | null {
  return typeof model === "object" && "scorer" in model ? model.scorer : null;
}

/** Whether the fault that there is no model stands, in words; null while that cannot be told yet. */
export function modelMissing(model: DeviceModel | undefined): {
  readonly code: "model-missing";
  readonly active: boolean;
  readonly text: string;
} | null {
  const now = modelNow(model);
  if (now === "loading") return null;
  const code = "model-missing";
  if (typeof now === "object" && "missing" in now) return { code, active: true, text: now.missing };
  return { code, active: false, text: "There is a model, or none is wanted." };
}

/** What there is at this moment. */
export function modelNow(model: DeviceModel | "loading" | undefined): ModelChoice | "loading" {
  if (model === undefined) return "none";
  return typeof model === "object" && "now" in model ? model.now : model;
}
