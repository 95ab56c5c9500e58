import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrainingTable } from "#learning/trainers/training-table.ts";
import { median } from "./measure-runs.ts";
import type { TrainingData } from "./training-data.ts";

const python = "/usr/bin/python3";

/** What is learnt. */
export type TrainingKind = "forest" | "boosting" | "network";

/** What one side needs for a fit, and what it then says about the test rows. */
export interface TrainingResult {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** One row, median. */
  readonly rowSeconds: number;
  readonly predictions: Float64Array;
}

/** Python's module and Debian's package of each peer. */
const peerOf: Readonly<Record<TrainingKind, { readonly module: string; readonly debian: string }>> = {
  forest: { module: "sklearn", debian: "python3-sklearn" },
  boosting: { module: "xgboost", debian: "python3-xgboost" },
  network: { module: "torch", debian: "python3-torch" },
};

/** Why a peer is not on this machine; null when it is. */
export function trainingPeerAbsence(kind: TrainingKind): string | null {
  const { module, debian } = peerOf[kind];
  const { status } = spawnSync(python, ["-c", `import numpy, ${module}`], { stdio: "ignore" });
  return status === 0 ? null : `${python} with ${module} absent: apt-get install ${debian}`;
}

/** The test and training rows as files, for Python. */
export class TrainingFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), "emberwatch-bench-"));
  readonly #data: TrainingData;

  constructor(data: TrainingData) {
    this.#data = data;
    writeFileSync(join(this.#folder, "train.bin"), rowBytes(data.train));
    writeFileSync(join(this.#folder, "test.bin"), rowBytes(data.test));
    writeFileSync(join(this.#folder, "labels.bin"), data.train.labels);
  }

  /** Lets the peer learn `runs` times on one thread. */
  measurePeer(
    kind: TrainingKind,
    options: { readonly runs: number; readonly hyperparameters: object },
  ): TrainingResult {
    const { train, test } = this.#data;
    const sizes = [train.rows, test.rows, train.columns.length].map(String);
    const script = join(import.meta.dirname, "peer-training.py");
    const rest = [kind, String(options.runs), JSON.stringify(options.hyperparameters)];
    const output = execFileSync(python, [script, this.#folder, ...sizes, ...rest], {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    const times = JSON.parse(output) as { wallSeconds: number[]; cpuSeconds: number[]; rowSeconds: number };
    const bytes = readFileSync(join(this.#folder, "predictions.bin"));
    const predictions = Float64Array.from({ length: test.rows }, (_, row) => bytes.readFloatLE(4 * row));
    return {
      wallSeconds: median(times.wallSeconds),
      cpuSeconds: median(times.cpuSeconds),
      rowSeconds: times.rowSeconds,
      predictions,
    };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

function rowBytes({ rows, columns }: TrainingTable): Uint8Array {
  const values = new Float32Array(rows * columns.length);
  columns.forEach((column, i) => {
    for (let row = 0; row < rows; row += 1) values[row * columns.length + i] = column[row]!;
  });
  return new Uint8Array(values.buffer);
}
