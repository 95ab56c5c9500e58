import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { badInput } from "#core/failure.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { parseCode } from "#wire/enrolment-code.ts";
import { shortFingerprint } from "#wire/enrolment-messages.ts";
import type { Invocation } from "../command.ts";
import { systemClock } from "../system-clock.ts";
import { defaultConfigFile } from "./config-commands.ts";
import { readEdgeConfig } from "./read-edge-config.ts";

/** Whom to enrol, and where its credentials go. */
interface Applicant {
  readonly deviceId: string;
  readonly credentialsFile: string;
  /** What the configuration says of the broker; null where there is no configuration. */
  readonly brokerUrl: string | null;
}

/** `edge enrol`: makes this device's key, and gets its certificate by a code of the hub. Throws `Failure`. */
export async function enrolEdge(invocation: Invocation): Promise<number> {
  const { values, output } = invocation;
  const hub = hubOption(values["hub"]);
  const code = parseCode(values["code"] ?? "");
  if (code === null) {
    throw badInput(
      "usage",
      "edge enrol needs --code CODE, five groups of four characters: emberwatch enrol on the hub makes one.",
    );
  }
  const applicant = await applicantOf(invocation);
  if (existsSync(applicant.credentialsFile)) {
    throw badInput(
      "credentials-exist",
      `${applicant.credentialsFile} is there already: remove it to enrol this device anew.`,
    );
  }
  // Loaded where it is needed: the library of certificates is large.
  const { enrolDevice } = await import("#edge/identity/enrol-device.ts");
  const { credentials, brokerUrl } = await enrolDevice({
    clock: systemClock,
    hub,
    deviceId: applicant.deviceId,
    code,
    onWaiting: (keyFingerprint) => {
      output.note(`The hub asks a person to let ${applicant.deviceId} in. The key of this device is`);
      output.note(`  ${shortFingerprint(keyFingerprint)}`);
      output.note("On the hub: emberwatch enrol list, and confirm when it shows the same.");
    },
  });
  await writeCredentials(applicant.credentialsFile, credentials);
  await output.line(
    `${applicant.deviceId} is let in; ${applicant.credentialsFile} is written, for this user alone.`,
  );
  if (applicant.brokerUrl !== brokerUrl)
    output.note(`Set hub.url to "${brokerUrl}" in the device's configuration.`);
  return 0;
}

function hubOption(text: string | undefined): URL {
  const url = URL.parse(text ?? "");
  if (url === null || url.protocol !== "https:")
    throw badInput("usage", "edge enrol needs --hub URL, as emberwatch enrol prints it: https://HOST:PORT.");
  return url;
}

/** By the configuration where there is one, by the options otherwise. */
async function applicantOf({ values }: Invocation): Promise<Applicant> {
  const path = values["config"] ?? defaultConfigFile;
  if (values["config"] !== undefined || existsSync(path)) {
    if (values["device"] !== undefined)
      throw badInput("usage", `--device does nothing beside ${path}, which says who this device is.`);
    const { device, hub } = await readEdgeConfig(path);
    return {
      deviceId: device.id,
      credentialsFile: values["out"] ?? hub.credentialsFile,
      brokerUrl: hub.url,
    };
  }
  const id = deviceIdSchema.safeParse(values["device"] ?? hostname().toLowerCase());
  if (!id.success) {
    throw badInput("usage", "edge enrol needs --device ID, or --config FILE of this device.");
  }
  return { deviceId: id.data, credentialsFile: values["out"] ?? "credentials.json", brokerUrl: null };
}
