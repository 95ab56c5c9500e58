import type { Output } from "../output.ts";
import { checkTitles, type Finding, type FindingList } from "./finding.ts";

const marks: Readonly<Record<Finding["verdict"], string>> = {
  ok: "ok",
  problem: "PROBLEM",
  skipped: "skipped",
};

const markWidth = 9;
const titleWidth = Math.max(...Object.values(checkTitles).map((title) => title.length)) + 2;

/** A finding for people: a line, and with a problem a second one that says what to do. */
export function findingText(finding: Finding): string {
  const line = textLine(finding.verdict, { title: checkTitles[finding.check], text: finding.text });
  if (finding.verdict !== "problem") return line;
  return `${line}\n${" ".repeat(markWidth + titleWidth)}-> ${finding.remedy}`;
}

/** Checks that were skipped for one reason, as one line. */
function skippedText(skipped: readonly Finding[]): string {
  const [first] = skipped;
  if (skipped.length === 1) return findingText(first!);
  const titles = skipped.map(({ check }) => checkTitles[check]).join("; ");
  return textLine("skipped", { title: `${skipped.length} checks`, text: `${first!.text} (${titles})` });
}

function textLine(verdict: Finding["verdict"], { title, text }: { title: string; text: string }): string {
  return `${marks[verdict].padEnd(markWidth)}${title.padEnd(titleWidth)}${text}`;
}

/** A finding as an object of `doctor --json`. */
export function findingJson(finding: Finding): object {
  const isProblem = finding.verdict === "problem";
  return {
    type: "check",
    check: finding.check,
    title: checkTitles[finding.check],
    verdict: finding.verdict,
    code: isProblem ? finding.code : null,
    text: finding.text,
    remedy: isProblem ? finding.remedy : null,
  };
}

/** Prints findings as they come, and the summary last. */
export class FindingPrinter {
  readonly #output: Output;
  readonly #style: "json" | "text";
  readonly #skipped: Finding[] = [];
  #printed: Promise<void> = Promise.resolve();

  constructor(output: Output, style: "json" | "text") {
    this.#output = output;
    this.#style = style;
  }

  /**
   * Prints one finding; the next waits while the reader is slower than we are. As text, checks that are skipped for the
   * same reason share a line, which comes after the last of them.
   */
  print(finding: Finding): void {
    if (this.#style === "json") {
      this.#line(JSON.stringify(findingJson(finding)));
      return;
    }
    const isNext = finding.verdict === "skipped" && this.#skipped.at(-1)?.text === finding.text;
    if (!isNext) this.#flush();
    if (finding.verdict === "skipped") this.#skipped.push(finding);
    else this.#line(findingText(finding));
  }

  /** Prints a result that is no finding. */
  printResult({ text, json }: { readonly text: string; readonly json: object }): void {
    this.#flush();
    this.#line(this.#style === "json" ? JSON.stringify(json) : text);
  }

  /** Prints the summary; the exit code: 1 when there is a problem. */
  async finish({ all, problems }: FindingList): Promise<number> {
    this.#flush();
    await this.#printed;
    const ok = all.filter(({ verdict }) => verdict === "ok").length;
    const skipped = all.length - ok - problems.length;
    if (this.#style === "json") {
      await this.#output.json({ type: "summary", ok, problems: problems.length, skipped });
    } else {
      const found = problems.length === 0 ? "No problem" : count(problems.length, "problem");
      await this.#output.line(`\n${found} found; ${count(ok, "check")} fine, ${skipped} skipped.`);
    }
    return problems.length === 0 ? 0 : 1;
  }

  #flush(): void {
    if (this.#skipped.length > 0) this.#line(skippedText(this.#skipped.splice(0)));
  }

  #line(text: string): void {
    this.#printed = this.#printed.then(() => this.#output.line(text));
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
