import { type FileHandle, open, readFile } from "node:fs/promises";
import { badInput, machineFault } from "#core/failure.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";

/**
 * Judgements as they come, one JSON line each under a line that says what is being judged, so that an interrupted
 * evaluation goes on where it was. A last line that was cut off is dropped.
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

  /** Begins a log, or goes on with one of the same plan. Throws `badInput` when it is of another plan. */
  static async open(path: string, plan: unknown): Promise<JudgementLog> {
    const head = JSON.stringify(plan);
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw machineFault("evaluation-log", `${path} could not be read: check the disk.`, { cause: error });
    });
    const [first = "", ...rest] = text.split("\n");
    if (text !== "" && first !== head)
      throw badInput(
        "evaluation-other-plan",
        `${path} was left by an interrupted evaluation of something else: choose another folder.`,
      );
    // The last piece is empty, or a line that was cut off.
    const lines = rest.slice(0, -1);
    const kept = `${[head, ...lines].join("\n")}\n`;
    try {
      const file = await open(path, "w");
      await file.writeFile(kept);
      return new JudgementLog(path, {
        file,
        judgements: lines.map((line) => JSON.parse(line) as EpisodeJudgement),
      });
    } catch (error) {
      throw machineFault("evaluation-log", `${path} could not be written: free space on the disk.`, {
        cause: error,
      });
    }
  }

  /** Adds a judgement. Throws a machine fault when the disk refuses. */
  async append(judgement: EpisodeJudgement): Promise<void> {
    try {
      await this.#file.writeFile(`${JSON.stringify(judgement)}\n`);
    } catch (error) {
      throw machineFault("evaluation-log", `${this.#path} could not be written: free space on the disk.`, {
        cause: error,
      });
    }
    this.judgements.push(judgement);
  }

  /** Closes the file; it stays. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}
