import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmod, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { badInput, machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";

const secretBytes = 32;
const secretFileName = "device-secret";

/** What a device shows the broker. */
export interface DeviceLogin {
  readonly username: string;
  readonly password: string;
}

/**
 * Passwords of devices: the HMAC-SHA-256 of the device id under a random secret of this hub, so that nothing is stored
 * per device and one device's password says nothing about another's.
 */
export class DeviceCredentials {
  readonly #secret: Buffer;

  /** The secret is 32 random bytes. */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** The login of one device. */
  loginFor(deviceId: string): DeviceLogin {
    return { username: deviceId, password: this.#mac(deviceId).toString("base64url") };
  }

  /** True when the password is this device's; takes the same time wherever the two differ. */
  admits(login: { readonly deviceId: string; readonly password: Uint8Array }): boolean {
    const expected = Buffer.from(this.loginFor(login.deviceId).password);
    return expected.length === login.password.length && timingSafeEqual(expected, login.password);
  }

  #mac(deviceId: string): Buffer {
    return createHmac("sha256", this.#secret).update(`emberwatch device ${deviceId}`).digest();
  }
}

/**
 * Reads the hub's secret from its data folder, or makes it at the first start (readable by its owner only).
 * Throws machineFault "data-folder-unusable", and badInput "secret-damaged" for a file of another length.
 */
export async function openDeviceCredentials(dataFolder: string): Promise<DeviceCredentials> {
  const path = join(dataFolder, secretFileName);
  try {
    makeFolder(dataFolder);
    return new DeviceCredentials(await createSecret(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unusable({ dataFolder, error });
  }
  return new DeviceCredentials(await readSecret({ path, dataFolder }));
}

async function createSecret(path: string): Promise<Buffer> {
  const file = await open(path, "wx", 0o600);
  try {
    const secret = randomBytes(secretBytes);
    await file.writeFile(secret);
    await file.sync();
    return secret;
  } finally {
    await file.close();
  }
}

async function readSecret(options: { path: string; dataFolder: string }): Promise<Buffer> {
  let secret: Buffer;
  try {
    // A copied or restored folder may have lost the narrow mode.
    await chmod(options.path, 0o600);
    secret = await readFile(options.path);
  } catch (error) {
    throw unusable({ dataFolder: options.dataFolder, error });
  }
  if (secret.length !== secretBytes) {
    throw badInput(
      "secret-damaged",
      `${options.path} is damaged (${secret.length} bytes instead of ${secretBytes}): restore it from a backup, or remove it and give every device its new password.`,
    );
  }
  return secret;
}

function unusable(options: { dataFolder: string; error: unknown }): Error {
  const cause = options.error instanceof Error ? options.error.message : String(options.error);
  return machineFault(
    "data-folder-unusable",
    `The data folder ${options.dataFolder} cannot be used (${cause}): make it writable for this user or choose another with --data.`,
    { cause: options.error },
  );
}
