import { writeSync } from "node:fs";
import { SqliteEventLog } from "#edge/sqlite-event-log.ts";

/**
 * A process that appends entries for ever, several at a time, and says each id on a line of its own once the log has
 * resolved it; every third it removes again and says so. It is there to be killed. Arguments: path of the log, number of
 * the first entry.
 */
const [path = "", first = "1"] = process.argv.slice(2);
const log = await SqliteEventLog.open({ path, entriesMax: 1_000_000 });

async function appendOne(n: number): Promise<void> {
  const sequence = await log.append({ id: `entry-${n}`, class: "alarm", body: `{"n":${n}}` });
  // Written before anything else can happen, so that the parent knows all that was resolved.
  writeSync(1, `appended ${n}\n`);
  if (n % 3 !== 0) return;
  await log.remove([sequence]);
  writeSync(1, `removed ${n}\n`);
}

for (let n = Number(first); ; n += 4) {
  await Promise.all([n, n + 1, n + 2, n + 3].map(appendOne));
}
