import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, connect as connectTcp, createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { connectAsync } from "mqtt";
import { temporaryFolder } from "./temporary-folder.ts";

const mosquittoPath = process.env["EMBERWATCH_MOSQUITTO"] ?? "/usr/sbin/mosquitto";
const password = "right";
/** Who listens to everything, behind the broker. */
const owner = "owner";

/** A sentence where this machine has no mosquitto; false where it has. */
export function mosquittoMissing(): string | false {
  return existsSync(mosquittoPath)
    ? false
    : `no mosquitto at ${mosquittoPath}: install Debian's mosquitto, or set EMBERWATCH_MOSQUITTO, to run this`;
}

/** A message that somebody published. */
interface Heard {
  readonly topic: string;
  readonly text: string;
}

/** A running mosquitto with one device's login, and what is published on it. */
export interface Mosquitto {
  readonly port: number;
  readonly password: string;
  readonly heard: readonly Heard[];
  publish(topic: string, text: string): void;
}

/** Starts a mosquitto of its own, which ends with the test. */
export async function startMosquitto(context: TestContext, device: string): Promise<Mosquitto> {
  const folder = await temporaryFolder(context);
  const port = await freePort();
  const passwords = join(folder, "passwords");
  execFileSync("mosquitto_passwd", ["-b", "-c", passwords, device, password], { stdio: "ignore" });
  execFileSync("mosquitto_passwd", ["-b", passwords, owner, password], { stdio: "ignore" });
  const config = join(folder, "mosquitto.conf");
  await writeFile(
    config,
    // As another user, which it would become when started by root, it could not read the folder of the test.
    `user ${userInfo().username}\nlistener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nset_tcp_nodelay true\n`,
  );
  await runMosquitto(context, { config, port });
  const heard: Heard[] = [];
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: owner, password });
  context.after(() => client.endAsync(true));
  client.on("message", (topic, payload) => {
    // The owner hears what devices publish; its own words are of other kinds.
    if (!/\/(command|receipt)(\/|$)/.test(topic)) heard.push({ topic, text: payload.toString() });
  });
  await client.subscribeAsync("emberwatch/#", { qos: 1 });
  return { port, password, heard, publish: (topic, text) => client.publish(topic, text, { qos: 0 }) };
}

/** Runs mosquitto by a configuration file until the test ends, and resolves when it listens. */
export async function runMosquitto(
  context: TestContext,
  by: { readonly config: string; readonly port: number },
): Promise<ChildProcess> {
  const child = spawn(mosquittoPath, ["-c", by.config], { stdio: "ignore" });
  context.after(async () => {
    const ended = once(child, "exit");
    if (child.kill("SIGTERM")) await ended;
  });
  await answering(by.port);
  return child;
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Resolves when somebody listens on the port. */
async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = connectTcp(port, "127.0.0.1");
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
