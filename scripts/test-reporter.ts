import { relative } from "node:path";
import { Readable } from "node:stream";
import type { TestEvent } from "node:test/reporters";
import { spec } from "node:test/reporters";

interface SkippedTest {
  readonly name: string;
  readonly file: string;
  readonly reason: string;
}

function skippedTestOf(event: TestEvent): SkippedTest | null {
  if (event.type !== "test:pass" || !event.data.skip) return null;
  const { name, file, skip } = event.data;
  return {
    name,
    file: file === undefined ? "" : relative(process.cwd(), file),
    reason: typeof skip === "string" ? skip : "no reason given",
  };
}

function describeSkipped(skipped: readonly SkippedTest[]): string {
  if (skipped.length === 0) return "\nSkipped nothing.\n";
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  const lines = [...byReason].flatMap(([reason, tests]) => [
    `  ${reason}`,
    ...tests.map(({ name, file }) => `    - ${name} (${file})`),
  ]);
  return `\nSkipped ${skipped.length} of the tests, because:\n${lines.join("\n")}\n`;
}

/** Node's spec reporter, followed by a list of what was skipped and why: a skipped test must not look like a passed one. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const skipped: SkippedTest[] = [];
  async function* watch(): AsyncGenerator<TestEvent> {
    for await (const event of source) {
      const one = skippedTestOf(event);
      if (one !== null) skipped.push(one);
      yield event;
    }
  }
  for await (const text of Readable.from(watch()).compose(new spec())) yield String(text);
  yield describeSkipped(skipped);
}
