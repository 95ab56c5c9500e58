import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SqliteEventLog } from "#edge/sqlite-event-log.ts";

/**
 * A drill on a small disk of its own, whose folder is the argument: telemetry until a file beside the log takes all room,
 * then alarms until one is refused; room again, and the refused one is taken. Prints what happened as JSON.
 */
const [folder = ""] = process.argv.slice(2);
const filler = join(folder, "filler");
const log = await SqliteEventLog.open({ path: join(folder, "events.sqlite") });
const taken: string[] = [];

async function append(id: string, entryClass: "alarm" | "telemetry"): Promise<string> {
  return log.append({ id, class: entryClass, body: id.padEnd(2_000) }).then(
    () => {
      taken.push(id);
      return "taken";
    },
    (error) => error.code as string,
  );
}

for (let n = 0; n < 20; n += 1) await append(`telemetry-${n}`, "telemetry");
const { bavail, bsize } = statfsSync(folder);
try {
  writeFileSync(filler, Buffer.alloc(bavail * bsize + bsize));
} catch {
  // Full is what it is to be.
}
let refused = "";
let alarms = 0;
for (; refused === "" && alarms < 1_000; alarms += 1) {
  const result = await append(`alarm-${alarms}`, "alarm");
  if (result !== "taken") refused = result;
}
rmSync(filler);
const afterwards = await append(`alarm-${alarms - 1}`, "alarm");
await log.close();
const again = await SqliteEventLog.open({ path: join(folder, "events.sqlite") });
const ids = (await again.read({ after: 0, max: 10_000 })).map(({ id }) => id);
await again.close();
const lost = taken.filter((id) => id.startsWith("alarm") && !ids.includes(id));
console.log(JSON.stringify({ refused, alarms, afterwards, lost: lost.length }));
