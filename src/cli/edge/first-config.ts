import { Failure } from "#core/failure.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import type { ConfigFiles } from "./config-files.ts";
import type { ConfigNews } from "./edge-pipeline.ts";

/** What a device begins with, and what there is to tell of it. */
export interface FirstConfig {
  readonly config: EdgeConfig;
  readonly news: ConfigNews | null;
}

/**
 * The configuration that a device begins with. One during whose trial the device ended is not tried once more: the one
 * before it is used at once, from memory, and the disk is told so as soon as it takes it. When that one cannot be told or
 * read, the file in place is used, which is trouble: a device that watches by a doubtful configuration is better than
 * none. Throws `Failure` as `readEdgeConfig` where the file in place is used and is of no use.
 */
export async function firstConfig(files: ConfigFiles): Promise<FirstConfig> {
  const trial = await interruptedTrial(files);
  switch (trial.kind) {
    case "none":
      return { config: await files.current(), news: null };
    case "unclear": {
      const text = `A configuration was being tried when the device ended, and the one before cannot be used (${trial.cause}). ${files.path} is used as it is: check it.`;
      return { config: await files.current(), news: { kind: "unclear", text } };
    }
    case "found": {
      await files.takeBack();
      const { commandId, before } = trial;
      const why = "The device ended while it was tried.";
      return { config: before, news: { kind: "taken-back", commandId, why } };
    }
  }
}

type InterruptedTrial =
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly cause: string }
  | { readonly kind: "found"; readonly commandId: string; readonly before: EdgeConfig };

async function interruptedTrial(files: ConfigFiles): Promise<InterruptedTrial> {
  try {
    const commandId = await files.interruptedTrial();
    return commandId === null ? { kind: "none" } : { kind: "found", commandId, before: await files.before() };
  } catch (error) {
    // A mark that says nothing, or of which nothing is left to undo, would be told for ever. What only could not be read
    // is asked once more at the next start.
    if (error instanceof Failure && error.side === "input") await files.forgetTrial();
    return { kind: "unclear", cause: error instanceof Error ? error.message : String(error) };
  }
}
