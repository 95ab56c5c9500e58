import { open } from "node:fs/promises";
import { z } from "zod";
import { badInput, Failure, machineFault } from "#core/failure.ts";

/** A login has some 100 bytes. */
const fileBytesMax = 4_096;

const credentialsSchema = z.strictObject({
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});

/** What a device shows the broker. */
export type Credentials = z.infer<typeof credentialsSchema>;

/** How somebody gets the login of a device, in words. */
const deviceRemedy = "write it on the hub with emberwatch edge credentials";

/**
 * Reads a login from its file; `remedy` says how somebody gets one. Throws badInput: "credentials-missing", "credentials-exposed" when others than its owner
 * may read it, "credentials-damaged". No message holds anything of its content.
 */
export async function readCredentials(path: string, remedy: string = deviceRemedy): Promise<Credentials> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw badInput(
      "credentials-missing",
      `${path} cannot be read (${codeOf(cause)}): ${remedy}, copy it here, and make it this user's.`,
      { cause },
    );
  });
  try {
    const { mode, size } = await file.stat();
    if ((mode & 0o077) !== 0) {
      throw badInput(
        "credentials-exposed",
        `${path} can be read by others than its owner: chmod 600 ${path}.`,
      );
    }
    const text = size > fileBytesMax ? "" : await file.readFile("utf8");
    return credentialsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Failure) throw error;
    // The cause is left out: it could quote the password.
    throw badInput("credentials-damaged", `${path} is no file of credentials: ${remedy}.`);
  } finally {
    await file.close();
  }
}

/** Writes a login, for its owner only. Throws badInput "credentials-exist" rather than replace a file. */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${JSON.stringify(credentials)}\n`);
    await file.sync();
    await file.close();
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") {
      throw badInput("credentials-exist", `${path} is there already: remove it or choose another --out.`);
    }
    throw machineFault("credentials-not-written", `${path} cannot be written (${codeOf(cause)}).`, { cause });
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error);
}
