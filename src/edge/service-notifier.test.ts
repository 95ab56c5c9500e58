import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import koffi from "koffi";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { ServiceNotifier } from "./service-notifier.ts";

/** A socket as systemd has one: `unix(7)`, bound to a name, "@" for an abstract one. Gives what has come so far. */
function notifySocket(context: TestContext, name: string): { received(): string[] } {
  const libc = koffi.load(null);
  const socket = libc.func("int socket(int domain, int type, int protocol)");
  const bind = libc.func("int bind(int descriptor, const void *address, uint32_t bytes)");
  const recv = libc.func("long recv(int descriptor, void *bytes, size_t bytesMax, int flags)");
  const close = libc.func("int close(int descriptor)");
  const descriptor = socket(1, 2, 0);
  context.after(() => close(descriptor));
  const address = new Uint8Array([1, 0, ...new TextEncoder().encode(name.replace(/^@/, "\0"))]);
  assert.equal(bind(descriptor, address, address.length), 0);
  return {
    received() {
      const all: string[] = [];
      const bytes = new Uint8Array(1_000);
      const dontWait = 0x40;
      for (
        let n = recv(descriptor, bytes, 1_000, dontWait);
        n >= 0;
        n = recv(descriptor, bytes, 1_000, dontWait)
      )
        all.push(new TextDecoder().decode(bytes.subarray(0, n)));
      return all;
    },
  };
}

test("systemd hears that the device is ready, judges and stops", async (context) => {
  const path = join(await temporaryFolder(context), "notify");
  const systemd = notifySocket(context, path);
  const notifier = await ServiceNotifier.fromEnvironment({ NOTIFY_SOCKET: path }, () => {});
  notifier?.ready();
  notifier?.feed();
  notifier?.feed();
  notifier?.stopping();
  assert.deepEqual(systemd.received(), ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]);
});

test("an abstract name, which begins with @, is one too", async (context) => {
  const name = `@emberwatch-test-${process.pid}`;
  const systemd = notifySocket(context, name);
  const notifier = await ServiceNotifier.fromEnvironment({ NOTIFY_SOCKET: name }, () => {});
  notifier?.ready();
  assert.deepEqual(systemd.received(), ["READY=1"]);
});

test("nobody who asked, nobody who is told", async () => {
  assert.equal(await ServiceNotifier.fromEnvironment({}, () => {}), null);
});

test("a socket that is gone is told once in the log, and a full one is never waited for", async (context) => {
  const folder = await temporaryFolder(context);
  const log: string[] = [];
  const gone = await ServiceNotifier.fromEnvironment({ NOTIFY_SOCKET: join(folder, "gone") }, (line) =>
    log.push(line),
  );
  gone?.feed();
  gone?.feed();
  assert.deepEqual(log, [
    "systemd was not told WATCHDOG=1: ENOENT (2); it is told again with the next second",
  ]);
  const path = join(folder, "full");
  const systemd = notifySocket(context, path);
  const full = await ServiceNotifier.fromEnvironment({ NOTIFY_SOCKET: path }, (line) => log.push(line));
  for (let n = 0; n < 10_000; n += 1) full?.feed();
  assert.match(log.at(-1) ?? "", /EAGAIN/);
  assert.ok(systemd.received().length < 10_000);
});
