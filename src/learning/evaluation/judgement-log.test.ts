import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { madeJudgement, silentOutcome } from "#support/made-judgement.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { JudgementLog } from "./judgement-log.ts";

const judgement = (episode: number) => madeJudgement({ episode }, { outcome: silentOutcome });

test("goes on after an interruption with what was judged, and drops a line that was cut off", async (context) => {
  const path = join(await temporaryFolder(context), "judgements.jsonl");
  const log = await JudgementLog.open(path, { suite: 1 });
  for (const episode of [0, 1, 2]) await log.append(judgement(episode));
  await log.close();
  const { length } = await readFile(path);
  await truncate(path, length - 10);
  const again = await JudgementLog.open(path, { suite: 1 });
  assert.deepEqual(again.judgements, [judgement(0), judgement(1)]);
  await again.append(judgement(2));
  await again.close();
  const last = await JudgementLog.open(path, { suite: 1 });
  assert.equal(last.judgements.length, 3);
  await last.close();
});

test("refuses a log of something else, and leaves it as it is", async (context) => {
  const path = join(await temporaryFolder(context), "judgements.jsonl");
  await writeFile(path, '{"suite":1}\n');
  await assert.rejects(JudgementLog.open(path, { suite: 2 }), { code: "evaluation-other-plan" });
  assert.equal(await readFile(path, "utf8"), '{"suite":1}\n');
});
