import { existsSync } from "node:fs";
import { join } from "node:path";
import { badInput, type Failure } from "#core/failure.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { type PictureRegion, regionsOfKind } from "#core/regions/picture-region.ts";
import { blindedShare, maskOf } from "#core/regions/region-masks.ts";
import {
  type Credentials,
  checkCredentials,
  readCredentials,
  writeCredentials,
} from "#edge/credentials-file.ts";
import { edgeConfigJsonSchema } from "#edge/edge-config.ts";
import { openDeviceCredentials } from "#hub/device-credentials.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { enrolmentPort, renewPath } from "#wire/enrolment-messages.ts";
import type { Invocation } from "../command.ts";
import { modelNote } from "../open-model.ts";
import { systemClock } from "../system-clock.ts";
import { writeNewConfig } from "../write-new-config.ts";
import { configText } from "./config-text.ts";
import { openEdgeModel } from "./open-edge-model.ts";
import { parseEdgeConfig, readEdgeConfig } from "./read-edge-config.ts";

/** File that `edge` looks for and `edge init` writes. */
export const defaultConfigFile = "edge.yaml";

/** `edge init`: writes a whole configuration. Throws `Failure` ("config-exists") rather than replace one. */
export async function initConfig({ values, output }: Invocation): Promise<number> {
  const path = values["out"] ?? defaultConfigFile;
  const broker = values["hub"];
  const text = configText({
    "device.id": deviceOption(values["device"] ?? "room"),
    ...(broker === undefined ? {} : { "hub.url": broker }),
  });
  // What cannot be read again is not written.
  parseEdgeConfig(text, path);
  await writeNewConfig(path, text);
  await output.line(`${path} is written: set device, hub, sensors and outputs, then emberwatch edge check.`);
  return 0;
}

/** `edge check`: everything that can be said of a configuration without a sensor. Throws `Failure` for what is wrong. */
export async function checkConfig({ positionals, values, output }: Invocation): Promise<number> {
  const path = positionals[1] ?? values["config"] ?? defaultConfigFile;
  const config = await readEdgeConfig(path);
  const credentials = await readCredentials(config.hub.credentialsFile);
  checkCredentials(credentials, { deviceId: config.device.id, brokerUrl: config.hub.url });
  const model = await openEdgeModel(config);
  await output.line(`${path} is in order: device ${config.device.id}, hub ${config.hub.url}.`);
  for (const line of regionNotes(config.regions)) output.note(line);
  output.note(modelNote(model));
  return 0;
}

/** What the masks of a configuration cost, a line each. */
function regionNotes(regions: readonly PictureRegion[]): readonly string[] {
  const size = { width: leptonWidth, height: leptonHeight };
  const share = (of: readonly PictureRegion[]): string =>
    `${Math.round(100 * blindedShare(maskOf(of, size), size))} %`;
  const masks = regionsOfKind(regions, "mask");
  const each = masks.map(
    (mask) =>
      `The mask "${mask.name}" blinds ${share([mask])} of the picture${mask.schedule === null ? "" : " while it holds"}.`,
  );
  return masks.length < 2 ? each : [...each, `All masks together blind ${share(masks)}.`];
}

/** `edge schema`: the format of the file, for editors. */
export async function printSchema({ output }: Invocation): Promise<number> {
  await output.line(JSON.stringify(edgeConfigJsonSchema(), null, 2));
  return 0;
}

/** `edge credentials`: writes how a device shows who it is to the hub of this machine. Throws `Failure`. */
export async function makeCredentials({ values, switches, output }: Invocation): Promise<number> {
  const device = values["device"];
  if (device === undefined) throw badInput("usage", "edge credentials needs --device ID.");
  const id = deviceOption(device);
  const hubFolder = values["hub-data"] ?? defaultHubFolder;
  const out = values["out"] ?? "credentials.json";
  const hub = values["hub"] ?? `https://127.0.0.1:${enrolmentPort}`;
  const isDemo = switches.has("demo");
  await writeCredentials(
    out,
    isDemo ? await demoLogin(hubFolder, id) : await localIdentity(hubFolder, id, hub),
  );
  await output.line(`${out} is written for ${id}, readable by its owner only.`);
  return 0;
}

/** Folder in which `emberwatch up` keeps its state when nothing else is said. */
export const defaultHubFolder = ".emberwatch";

/**
 * A certificate from the authority of the hub that keeps its state in this folder: whoever can read that may be any
 * device. `hub` is where the device renews it. Throws `Failure` ("no-hub") where none does.
 */
export async function localIdentity(hubFolder: string, deviceId: string, hub: string): Promise<Credentials> {
  // Loaded where it is needed: the library of certificates is large.
  const { openIdentities } = await import("#hub/identity/device-identities.ts");
  const { hasAuthority } = await import("#hub/identity/open-authority.ts");
  if (!hasAuthority(hubFolder)) throw noHub(hubFolder, "start emberwatch up once");
  if (!URL.canParse(hub) || new URL(hub).protocol !== "https:")
    throw badInput("usage", `--hub is like https://127.0.0.1:${enrolmentPort}, not "${hub}".`);
  const identities = await openIdentities(hubFolder, systemClock);
  const { certificatePem: certificate, keyPem: key } = await identities.issueLocal(deviceId);
  const renewUrl = new URL(renewPath, hub).href;
  return { device: deviceId, certificate, key, authority: identities.authority.certificatePem, renewUrl };
}

/** The login of a device at the demo that keeps its state in this folder. Throws `Failure` ("no-hub") where none does. */
export async function demoLogin(hubFolder: string, deviceId: string): Promise<Credentials> {
  if (!existsSync(join(hubFolder, "device-secret")))
    throw noHub(hubFolder, "start emberwatch up --demo once");
  return (await openDeviceCredentials(hubFolder)).loginFor(deviceId);
}

function noHub(hubFolder: string, remedy: string): Failure {
  return badInput(
    "no-hub",
    `No hub has kept its state in ${hubFolder}: ${remedy}, or name its folder with --hub-data.`,
  );
}

function deviceOption(text: string): string {
  const parsed = deviceIdSchema.safeParse(text);
  if (!parsed.success) {
    throw badInput("usage", `--device "${text}": ${parsed.error.issues[0]?.message ?? "is no device id"}.`);
  }
  return parsed.data;
}
