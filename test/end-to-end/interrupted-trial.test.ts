import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { temporaryFolder } from "#support/temporary-folder.ts";

const program = new URL("../../src/cli/main.ts", import.meta.url).pathname;

/** A small disk of its own: the configuration before runs, the tried one cannot start; then nothing can be written. */
const script = `
mount -t tmpfs -o size=3m tmpfs "$1" && cd "$1" && mkdir data || exit 77
cat > edge.yaml <<END
version: 1
device: { id: kitchen, name: after }
sensors: { emulated: nobody.sock }
model: { file: none }
END
sed 's/after/before/; s/nobody.sock/room/' edge.yaml > edge.previous.yaml
echo '{"v":1,"commandId":"command-1"}' > edge.trial.json
mount -o remount,ro "$1" || exit 77
exec "$2" "$3" edge`;

test("a device that ended in a trial starts with the configuration before on a disk that became read-only", {
  timeout: 60_000,
}, async (context) => {
  const folder = await temporaryFolder(context);
  const args = ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder];
  const device = spawn("unshare", [...args, process.execPath, program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const exited = new Promise<string>((resolve) => {
    device.once("error", (error) => resolve(error.message));
    device.once("close", (code) => resolve(`exit ${code}`));
  });
  const decides = new Promise<"decides">((resolve) => {
    for (const stream of [device.stdout, device.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        if (line.includes("decides for")) resolve("decides");
      });
  });
  const outcome = await Promise.race([decides, exited]);
  const told = lines.join("\n");
  if (outcome !== "decides" && (outcome !== "exit 1" || /^(mount|unshare):/m.test(told))) {
    context.skip(`a file system of its own cannot be mounted here: ${outcome} ${told}`);
    return;
  }
  assert.equal(outcome, "decides", told);
  assert.match(told, /decides for kitchen \(before\)/);
  assert.match(told, /edge\.previous\.yaml cannot be put back as edge\.yaml \(EROFS/);
  device.kill("SIGTERM");
  await once(device, "exit");
});
