import type { MemberModel } from "#model-package/member.ts";
import type { TrainingTable } from "./training-table.ts";

/** What a trainer is given besides the rows. */
export interface FitOptions<Hyperparameters> {
  readonly hyperparameters: Hyperparameters;
  /** One seed, one table and one set of hyperparameters give one model, whatever the number of workers. */
  readonly seed: number;
  /** Rows to stop early by; null to train to the end. Never the test split. */
  readonly validation: TrainingTable | null;
  readonly workers: number;
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress: ((share: number) => void) | null;
  readonly signal: AbortSignal | null;
}

/** One way of learning. Hyperparameters are plain data with defaults, apart from learned values. */
export interface Trainer<Hyperparameters, Model extends MemberModel> {
  readonly name: string;
  readonly defaults: Hyperparameters;
  /** Throws `badInput` on hyperparameters out of range, or a table with one class or no rows. */
  fit(table: TrainingTable, options: FitOptions<Hyperparameters>): Promise<Model>;
}
