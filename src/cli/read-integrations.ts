import { dirname, resolve } from "node:path";
import { readLogin } from "#edge/credentials-file.ts";
import { openMqttBroker } from "#hub/integrations/home-assistant/home-assistant-broker.ts";
import { type IntegrationsConfig, integrationsConfigSchema } from "#hub/integrations/integrations-config.ts";
import type { IntegrationsSetup } from "#hub/integrations/integrations-setup.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { parseYamlConfig } from "./yaml-config.ts";

/** What `integrations init` writes has some 3 kB; a list of all devices has 20. */
const fileBytesMax = 64 * 1024;
/** A certificate has some 2 kB, a chain of them a few times that. */
const certificateBytesMax = 64 * 1024;

const remedy = "emberwatch integrations init writes a whole one.";

/**
 * Reads and checks the file of `up --integrations`, and the files that it names, whose paths are taken from its folder.
 * Throws `Failure` with one sentence that names the file and the place.
 */
export async function readIntegrations(path: string): Promise<IntegrationsSetup> {
  const config = parseIntegrations(new TextDecoder().decode(await readFileBytes(path, fileBytesMax)), path);
  const { credentialsFile, caFile } = config.homeAssistant;
  const whole = (name: string): string => resolve(dirname(resolve(path)), name);
  return {
    config,
    openBroker: openMqttBroker,
    homeAssistant: {
      credentials:
        credentialsFile === null
          ? null
          : await readLogin(
              whole(credentialsFile),
              'write {"username": "…", "password": "…"} of Home Assistant\'s broker there',
            ),
      ca: caFile === null ? null : Buffer.from(await readFileBytes(whole(caFile), certificateBytesMax)),
    },
  };
}

/** Checks the text of such a file; `name` is how errors call it. Throws as `readIntegrations` does. */
export function parseIntegrations(text: string, name: string): IntegrationsConfig {
  return parseYamlConfig(text, { name, schema: integrationsConfigSchema, remedy });
}
