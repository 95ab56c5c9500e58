import { type ExportInput, type ExportSummary, ExportTally } from "#recording/export-input.ts";
import { McapRecordingWriter } from "#recording/mcap-writer.ts";

/** Writes a time line as a recording of our own, from which a replay repeats every decision. */
export async function saveRecording(input: ExportInput): Promise<ExportSummary> {
  const writer = await McapRecordingWriter.create(input.path, { overwrite: input.overwrite });
  const tally = new ExportTally();
  try {
    for await (const entry of input.entries()) {
      tally.add(entry);
      await writer.write(entry);
    }
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  await writer.close();
  return tally.summary;
}
