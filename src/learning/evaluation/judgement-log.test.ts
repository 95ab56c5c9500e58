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

test("a first line that was cut off begins anew", async (context) => {
  const path = join(await temporaryFolder(context), "judgements.jsonl");
  const log = await JudgementLog.open(path, { suite: 1 });
  await log.append(judgement(0));
  await log.close();
  await truncate(path, 5);
  const begun = await JudgementLog.open(path, { suite: 1 });
  assert.deepEqual(begun.judgements, []);
  await begun.close();
  assert.equal(await readFile(path, "utf8"), '{"suite":1}\n');
});

test("a damaged line is named, and the file left as it is", async (context) => {
  const path = join(await temporaryFolder(context), "judgements.jsonl");
  const text = `{"suite":1}\n${JSON.stringify(judgement(0))}\n{"about":\n${JSON.stringify(judgement(1))}\n{"cut`;
  await writeFile(path, text);
  await assert.rejects(JudgementLog.open(path, { suite: 1 }), {
    code: "evaluation-log-damaged",
    side: "input",
    message: /judgements\.jsonl, line 3 is damaged: delete it/,
  });
  assert.equal(await readFile(path, "utf8"), text);
});
