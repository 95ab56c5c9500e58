import type { MemberModel } from "#model-package/member.ts";
import type { TrainingKernels } from "./training-kernels.ts";
import type { TrainingTable } from "./training-table.ts";

/** What a trainer is given besides the rows. */
export interface FitOptions<Hyperparameters> {
  readonly hyperparameters: Hyperparameters;
  /** One seed, one table and one set of hyperparameters give one model, whatever the number of workers. */
  readonly seed: number;
  /** Rows to stop early by; null to train to the end. Never the test split. */
  readonly validation: TrainingTable | null;
  readonly workers: number;
  /** Kernels that do the same sums faster; null for plain TypeScript. The model is the same bit for bit. */
  readonly kernels: TrainingKernels | null;
  /**
   * Told the share of the work that is done, 0 to 1. It is awaited, so that the caller may draw a line and let an
   * interrupt be heard; what it throws ends the fit.
   */
  readonly onProgress: ((share: number) => void | Promise<void>) | null;
  /** Ends the fit with its reason. */
  readonly signal: AbortSignal | null;
}

/** One way of learning. Hyperparameters are plain data with defaults, apart from learned values. */
export interface Trainer<Hyperparameters, Model extends MemberModel> {
  readonly name: string;
  readonly defaults: Hyperparameters;
  /** Throws `badInput` on hyperparameters out of range, or a table with one class or no rows. */
  fit(table: TrainingTable, options: FitOptions<Hyperparameters>): Promise<Model>;
}
