import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { connectByMqtt } from "#edge/mqtt-connection.ts";
import { mqttOfNode } from "../../scripts/mqtt-of-node.ts";

/** `connectByMqtt` as it stands in the programs that are installed, and the text of its bundle. */
export async function bundledMqtt(): Promise<{
  readonly connectByMqtt: typeof connectByMqtt;
  readonly text: string;
}> {
  const folder = mkdtempSync(join(tmpdir(), "emberwatch-mqtt-"));
  const path = join(folder, "mqtt.js");
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    await build({
      entryPoints: [resolve(import.meta.dirname, "../../src/edge/mqtt-connection.ts")],
      outfile: path,
      bundle: true,
      platform: "node",
      format: "esm",
      plugins: [mqttOfNode],
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "silent",
    });
    const bundle = (await import(pathToFileURL(path).href)) as { connectByMqtt: typeof connectByMqtt };
    return { connectByMqtt: bundle.connectByMqtt, text: readFileSync(path, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
