import { once } from "node:events";
import { chmodSync, lstatSync, rmSync } from "node:fs";
import { createServer, type Server, Socket } from "node:net";
import { badInput, Failure, machineFault } from "#core/failure.ts";
import { DeviceServer, type ServedDevices } from "#simulation/devices/device-server.ts";
import {
  failedResponse,
  frameMessage,
  MessageSplitter,
  requestBytesMax,
} from "#simulation/devices/device-server-protocol.ts";

/** Programs that may be connected at a time; one more is turned away. */
export const deviceConnectionsMax = 8;

/** Longest path of a Unix socket (Linux, sockaddr_un without its closing zero). */
const socketPathBytesMax = 107;

/** Options of `startDeviceServer`. */
export interface DeviceServerOptions {
  /** Path of the Unix socket; only this user may connect. A socket that nobody listens on any more is replaced. */
  readonly path: string;
  readonly devices: ServedDevices;
  /** One line for people: who came, who went and why. */
  readonly log: (line: string) => void;
}

/** Emulated devices being served. */
export interface RunningDeviceServer {
  readonly path: string;
  /** Hangs up on everybody and removes the socket; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Serves emulated devices over a Unix socket (docs/guides/emulated-devices.md). Throws `Failure` when the path is in
 * use, too long or not to be written.
 */
export async function startDeviceServer(options: DeviceServerOptions): Promise<RunningDeviceServer> {
  const { path, log } = options;
  if (Buffer.byteLength(path) > socketPathBytesMax) {
    throw badInput(
      "bad-path",
      `${path}: a socket's path has at most ${socketPathBytesMax} bytes, take a shorter one.`,
    );
  }
  await makeRoom(path);
  const device = new DeviceServer(options.devices);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (sockets.size >= deviceConnectionsMax) {
      log(`A ninth program wanted to connect and was turned away; ${deviceConnectionsMax} are the most.`);
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    void serve(socket, device, log);
  });
  await listen(server, path);
  chmodSync(path, 0o600);
  return { path, stop: () => stop(server, sockets) };
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path);
  try {
    await once(server, "listening");
  } catch (error) {
    throw machineFault(
      "cannot-listen",
      `${path}: ${(error as Error).message}: take a path that can be written.`,
      {
        cause: error,
      },
    );
  }
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}

/** One after the other; while a request is being answered nothing more is read, so that nothing piles up. */
async function serve(socket: Socket, device: DeviceServer, log: (line: string) => void): Promise<void> {
  const splitter = new MessageSplitter(requestBytesMax);
  try {
    for await (const chunk of socket) {
      for (const request of splitter.add(chunk)) {
        if (!socket.write(frameMessage(await device.answer(request)))) await once(socket, "drain");
      }
    }
  } catch (error) {
    const { message } = error as Error;
    log(`A connected program was hung up on: ${message}`);
    if (error instanceof Failure) socket.end(frameMessage(failedResponse(null, message)));
    else socket.destroy();
  }
}

/** Takes away a socket that nobody listens on any more, and nothing else. */
async function makeRoom(path: string): Promise<void> {
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present === undefined) return;
  if (!present.isSocket()) {
    throw badInput("in-use", `${path}: there is a file of that name which is no socket, take another path.`);
  }
  if (await isServed(path)) {
    throw badInput("in-use", `${path}: another program serves there, stop it or take another path.`);
  }
  rmSync(path);
}

async function isServed(path: string): Promise<boolean> {
  const probe = new Socket();
  try {
    probe.connect(path);
    await once(probe, "connect");
    return true;
  } catch {
    // Nobody there, or a socket left behind: ours to take. What else is wrong with the path shows when listening.
    return false;
  } finally {
    probe.destroy();
  }
}
