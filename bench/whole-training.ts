import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { runCommandLine } from "#cli/command-line.ts";
import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { TrainingTable } from "#learning/trainers/training-table.ts";

/** Rows of a group: as many seconds as an episode may have. */
const rowsPerGroup = 50;

/** What a whole `emberwatch train` of a table cost. */
export interface WholeTraining {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * Runs `emberwatch train` on a table as a user does, on one thread: reads the CSV, trains three members, answers for
 * groups held out in four lots, passes the gate, packs, and makes the report. Throws when there is no package.
 */
export async function measureWholeTraining(table: TrainingTable): Promise<WholeTraining> {
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-bench-"));
  try {
    const data = join(folder, "table.csv");
    await writeFile(data, csvOf(table));
    const results = new PassThrough();
    let text = "";
    results.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    const notes = new PassThrough().resume();
    const wallStart = process.hrtime.bigint();
    const cpuStart = process.cpuUsage();
    const given = ["--data", data, "--out", join(folder, "model.tar.gz"), "--workers", "1", "--seed", "1"];
    const exitCode = await runCommandLine(["train", ...given], { results, notes });
    const used = process.cpuUsage(cpuStart);
    const wallSeconds = Number(process.hrtime.bigint() - wallStart) / 1e9;
    if (exitCode !== 0) throw new Error(`emberwatch train ended with ${exitCode}: ${text}`);
    return { cpuSeconds: (used.user + used.system) / 1e6, wallSeconds };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function csvOf({ rows, columns, labels }: TrainingTable): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    [...columns.map((column) => column[row]), labels[row], Math.floor(row / rowsPerGroup)].join(","),
  );
  return `${wholePictureFeatureNames.join(",")},label,group\n${lines.join("\n")}\n`;
}
