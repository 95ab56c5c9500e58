import { type FileHandle, open, readFile } from "node:fs/promises";
import { badInput, machineFault } from "#core/failure.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";

/**
 * Judgements as they come, one JSON line each under a line that says what is being judged, so that an interrupted
 * evaluation goes on where it was. What was written is never written again: a last line that was cut off is cut away, and
 * the rest goes on behind it.
 */
export class JudgementLog {
  readonly judgements: EpisodeJudgement[];
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(
    path: string,
    of: { readonly file: FileHandle; readonly judgements: EpisodeJudgement[] },
  ) {
    this.#path = path;
    this.#file = of.file;
    this.judgements = of.judgements;
  }

  /**
   * Begins a log, or goes on with one of the same plan. Throws `badInput`, and leaves the file as it is, when it is of
   * another plan or a line in it is damaged; a machine fault when the disk refuses.
   */
  static async open(path: string, plan: unknown): Promise<JudgementLog> {
    const head = `${JSON.stringify(plan)}\n`;
    const bytes = await readFile(path).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
      throw machineFault("evaluation-log", `${path} could not be read: check the disk.`, { cause: error });
    });
    const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
    const isBegun = whole.length > 0;
    // A first line that was cut off is the beginning of ours.
    const isOurs = isBegun
      ? whole.subarray(0, whole.indexOf(newline) + 1).equals(Buffer.from(head))
      : Buffer.from(head).subarray(0, bytes.length).equals(bytes);
    if (!isOurs)
      throw badInput(
        "evaluation-other-plan",
        `${path} was left by an interrupted evaluation of something else: choose another folder.`,
      );
    const judgements = judgementsOf(whole, path);
    const file = await open(path, "a").catch((error: unknown) => {
      throw writeFault(path, error);
    });
    try {
      await file.truncate(whole.length);
      if (!isBegun) await file.writeFile(head);
    } catch (error) {
      await file.close();
      throw writeFault(path, error);
    }
    return new JudgementLog(path, { file, judgements });
  }

  /** Adds a judgement. Throws a machine fault when the disk refuses. */
  async append(judgement: EpisodeJudgement): Promise<void> {
    try {
      await this.#file.writeFile(`${JSON.stringify(judgement)}\n`);
    } catch (error) {
      throw writeFault(this.#path, error);
    }
    this.judgements.push(judgement);
  }

  /** Closes the file; it stays. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}

const newline = 0x0a;

/** The judgements in whole lines behind the first one. */
function judgementsOf(whole: Buffer, path: string): EpisodeJudgement[] {
  const judgements: EpisodeJudgement[] = [];
  let start = whole.indexOf(newline) + 1;
  while (start < whole.length) {
    const end = whole.indexOf(newline, start);
    try {
      judgements.push(JSON.parse(whole.toString("utf8", start, end)) as EpisodeJudgement);
    } catch (cause) {
      const line = judgements.length + 2;
      throw badInput(
        "evaluation-log-damaged",
        `${path}, line ${line} is damaged: delete it and what follows to go on from there, or choose another folder.`,
        { cause },
      );
    }
    start = end + 1;
  }
  return judgements;
}

function writeFault(path: string, cause: unknown): Error {
  return machineFault("evaluation-log", `${path} could not be written: free space on the disk.`, { cause });
}
