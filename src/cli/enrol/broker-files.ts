import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput, machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import type { Invocation } from "../command.ts";
import { systemClock } from "../system-clock.ts";

/**
 * `enrol broker`: writes what a broker that is not ours needs to let in the devices of this hub: key and certificate of
 * its own, and whose certificates it is to take. Throws `Failure`.
 */
export async function writeBrokerFiles({ values, output }: Invocation): Promise<number> {
  const names = values["name"]?.split(",").map((name) => name.trim()) ?? [];
  if (names.length === 0 || names.some((name) => !/^[\w.:-]{1,253}$/.test(name)))
    throw badInput("usage", "enrol broker needs --name HOST: names and addresses by which devices reach it.");
  const folder = values["out"] ?? "broker";
  // Loaded where it is needed: the library of certificates is large.
  const { openIdentities, revocationListFile } = await import("#hub/identity/device-identities.ts");
  const { authorityFolder } = await import("#hub/identity/open-authority.ts");
  const dataFolder = values["data"] ?? ".emberwatch";
  const { authority } = await openIdentities(dataFolder, systemClock);
  const server = await authority.issueServer(names);
  makeFolder(folder);
  await writeNew(join(folder, "broker.key.pem"), server.keyPem, 0o600);
  await writeNew(join(folder, "broker.cert.pem"), server.certificatePem, 0o644);
  await output.line(`${folder} has broker.key.pem and broker.cert.pem, for ${names.join(", ")}.`);
  const trusted = authorityFolder(dataFolder);
  output.note(`The broker is to take certificates signed by ${join(trusted, "authority.cert.pem")},`);
  output.note(`less those in ${join(trusted, revocationListFile)}, which each revocation writes anew.`);
  return 0;
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  if (existsSync(path))
    throw badInput("file-exists", `${path} is there already: remove it or choose another --out.`);
  try {
    await writeFile(path, text, { flag: "wx", mode });
  } catch (cause) {
    throw machineFault("file-not-written", `${path} cannot be written (${String(cause)}).`, { cause });
  }
}
