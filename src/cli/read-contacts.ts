import { badInput, Failure } from "#core/failure.ts";
import { checkEscalationPolicy, type EscalationPolicy } from "#core/incident/escalation-policy.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { escalationFileSchema, escalationPolicyOf } from "#wire/escalation-policy-text.ts";
import { parseYamlConfig } from "./yaml-config.ts";

/** 64 contacts with every key and three ladders have some 60 kB. */
const fileBytesMax = 256 * 1024;

/** Reads and checks the file of `up --contacts`. Throws `Failure` with one sentence that names the file and the place. */
export async function readContacts(path: string): Promise<EscalationPolicy> {
  return parseContacts(new TextDecoder().decode(await readFileBytes(path, fileBytesMax)), path);
}

/** Checks the text of such a file; `name` is how errors call it. Throws as `readContacts` does. */
export function parseContacts(text: string, name: string): EscalationPolicy {
  const remedy = "docs/guides/incidents.md shows a whole one.";
  const { version: _version, ...written } = parseYamlConfig(text, {
    name,
    schema: escalationFileSchema,
    remedy,
  });
  const policy = escalationPolicyOf(written);
  try {
    checkEscalationPolicy(policy);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw badInput("config-invalid", `${name}: ${error.message} Correct it; ${remedy}`);
  }
  return policy;
}
