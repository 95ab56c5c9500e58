import type { SecondScorer } from "#core/detection/second-scorer.ts";
import type { ModelIdentity } from "#wire/model-messages.ts";

/** A model package that was read, checked and trusted before the device began. */
export interface InstalledModel {
  readonly scorer: SecondScorer;
  readonly identity: ModelIdentity;
}

/** What a device works with: a model, none by its user's choice, or none although there should be one, which is trouble. */
export type ModelChoice = InstalledModel | "none" | "missing";

/** The model at work; null: the rules decide alone. */
export function installedModel(choice: ModelChoice | undefined): InstalledModel | null {
  return typeof choice === "object" ? choice : null;
}

/** Whether the fault that there is no model stands, in words. */
export function modelMissing(choice: ModelChoice | undefined): {
  readonly code: "model-missing";
  readonly active: boolean;
  readonly text: string;
} {
  const active = choice === "missing";
  const text = active
    ? "The model that comes with this software is not there or damaged: the rules decide alone. Install the software again, or name a package with --model."
    : "There is a model, or none is wanted.";
  return { code: "model-missing", active, text };
}
