import type { z } from "zod";
import { machineFault } from "#core/failure.ts";

/** JSON of a given shape. Throws `machineFault` with code `framework-model` and one sentence when it is anything else. */
export function readModelJson<Shape extends z.ZodType>(
  text: string,
  shape: Shape,
  name: string,
): z.infer<Shape> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw machineFault("framework-model", `${name} is no JSON.`, { cause });
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw machineFault("framework-model", `${name}: ${field}: ${issue?.message ?? "does not fit"}.`);
}

/** Throws `machineFault` with code `framework-model` and this sentence unless the condition holds. */
export function requireInModel(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw machineFault("framework-model", sentence);
}
