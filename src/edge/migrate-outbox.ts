import { readFile, rename, rm } from "node:fs/promises";
import { z } from "zod";
import type { EventLog } from "#core/event-log/event-log.ts";
import { machineFault } from "#core/failure.ts";
import { type EventMessage, eventSchema } from "#wire/device-messages.ts";
import { eventEntry } from "./event-entry.ts";

const lineSchema = z.union([
  z.strictObject({ put: eventSchema }),
  z.strictObject({ done: z.string().min(8).max(100) }),
]);

/**
 * Brings what an earlier version could not deliver, a file of JSON lines, into the event log, in order. The file goes
 * when all of it is durable there; doing it again after a power cut adds nothing twice. Returns a sentence about lines
 * that could not be read, with which the file is kept as PATH.damaged, or null. Throws machineFault
 * "data-folder-unusable" when the file is there and cannot be read, and what the log says when it takes an event not.
 */
export async function migrateOutbox(path: string, log: EventLog): Promise<string | null> {
  const text = await readOutbox(path);
  if (text === null) return null;
  const waiting = new Map<string, EventMessage>();
  let damagedLines = 0;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const parsed = parseLine(line);
    if (parsed === null) damagedLines += 1;
    else if ("put" in parsed) waiting.set(parsed.put.id, parsed.put);
    else waiting.delete(parsed.done);
  }
  for (const message of waiting.values()) await log.append(eventEntry(message));
  if (damagedLines === 0) {
    await rm(path);
    return null;
  }
  await rename(path, `${path}.damaged`);
  return `${damagedLines} undelivered events could not be read back: they are lost, and kept as they are in ${path}.damaged.`;
}

function parseLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

async function readOutbox(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    const cause = error instanceof Error ? error.message : String(error);
    throw machineFault(
      "data-folder-unusable",
      `The undelivered events in ${path} cannot be read (${cause}): make the file readable for this user or choose another folder with --data.`,
      { cause: error },
    );
  }
}
