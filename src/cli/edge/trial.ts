import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeCredentials } from "#edge/credentials-file.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { enrolmentPort } from "#wire/enrolment-messages.ts";
import type { Invocation } from "../command.ts";
import { defaultHubFolder, localIdentity } from "./config-commands.ts";
import { configText } from "./config-text.ts";

const defaultFolder = ".emberwatch-trial";
const deviceId = "trial";

/**
 * Makes what a trial needs and is not there yet: a configuration with a simulated room and emulated outputs, and the
 * login at a hub of this machine. Without such a hub the device runs all the same, and says that it cannot reach one.
 * Returns the configuration's path. Throws `Failure` for what cannot be written.
 */
export async function prepareTrial({ values, output }: Invocation): Promise<string> {
  const folder = values["data"] ?? defaultFolder;
  makeFolder(folder);
  const path = join(folder, "edge.yaml");
  if (!existsSync(path)) await writeFile(path, trialConfig(), { flag: "wx" });
  const credentials = join(folder, "credentials.json");
  const hubFolder = values["hub-data"] ?? defaultHubFolder;
  if (!existsSync(credentials) && existsSync(join(hubFolder, "authority"))) {
    const hub = `https://127.0.0.1:${enrolmentPort}`;
    await writeCredentials(credentials, await localIdentity(hubFolder, deviceId, hub));
  }
  if (!existsSync(credentials)) {
    output.note(`No hub keeps its state in ${hubFolder}: this device decides alone.`);
    output.note("To see it in the browser, start first: emberwatch up");
  }
  output.note(`Trial with a simulated room; its configuration is ${path}. Ctrl-C ends it.`);
  return path;
}

function trialConfig(): string {
  return configText({
    "device.id": deviceId,
    "device.name": "Trial room (simulated)",
    "sensors.emulated": "room",
    // A simulated room is worth no more of the disk.
    "recording.evidenceMebibytes": 512,
    "recording.continuousMebibytes": 32,
    "outputs.fireRelay": "emulated",
    "outputs.sounder": "emulated",
    "outputs.heartbeat": "emulated",
  });
}
