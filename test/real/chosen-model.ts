import { parseArgs } from "node:util";
import { modelNote, openModel } from "#cli/open-model.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { Failure } from "#core/failure.ts";
import { installedModel } from "#edge/installed-model.ts";

/**
 * The model of `npm run NAME -- --model FILE`, the shipped one without it, none with `--no-model`; null after a sentence
 * about what is wrong with it.
 */
export async function chosenModel(name: string): Promise<{ readonly scorer: SecondScorer | null } | null> {
  const options = { model: { type: "string" }, "no-model": { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ options });
    const switches = new Set(values["no-model"] === true ? ["no-model"] : []);
    const choice = await openModel({ values: { model: values.model }, switches });
    console.log(modelNote(choice));
    return { scorer: installedModel(choice)?.scorer ?? null };
  } catch (error) {
    const isExpected = error instanceof Failure || (error instanceof Error && "code" in error);
    if (!isExpected) throw error;
    console.error(`${name}: ${error.message}`);
    return null;
  }
}
