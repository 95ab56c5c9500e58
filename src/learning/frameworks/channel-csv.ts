import { open } from "node:fs/promises";
import { csvCell } from "../dataset/sagemaker-csv.ts";
import type { TrainingTable } from "../trainers/training-table.ts";

/** Text is written in pieces of about this size. */
const pieceCharacters = 1 << 18;

/**
 * Writes a table as a SageMaker channel: CSV without a header, the label first, then the weight where `weights` says
 * "column" (1 for all where the table has none), then the features; absent values are empty.
 */
export async function writeChannelCsv(
  path: string,
  table: TrainingTable,
  { weights }: { readonly weights: "column" | "none" },
): Promise<void> {
  const file = await open(path, "wx");
  try {
    let text = "";
    for (let row = 0; row < table.rows; row += 1) {
      text += table.labels[row];
      if (weights === "column") text += `,${csvCell(table.weights?.[row] ?? 1)}`;
      for (const column of table.columns) text += `,${csvCell(column[row]!)}`;
      text += "\n";
      if (text.length < pieceCharacters) continue;
      await file.write(text);
      text = "";
    }
    await file.write(text);
  } finally {
    await file.close();
  }
}
