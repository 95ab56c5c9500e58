import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { deviceEnvironment, deviceNodeFlags } from "#edge/node-flags.ts";
import { launcherSource, shebang } from "../scripts/launcher-source.ts";
import { repositoryRoot } from "./support/repository-files.ts";

/** A folder with the launcher in it and nothing else. */
function bareClone(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "emberwatch-launcher-"));
  context.after(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(repositoryRoot, "emberwatch"), join(folder, "emberwatch"));
  return folder;
}

/** Puts an executable that answers --version, and otherwise says what it was asked to run. */
function writeNode(path: string, version: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "${version} runs $@"; fi\n`,
  );
  chmodSync(path, 0o755);
}

function launch(folder: string, { systemNode }: { readonly systemNode: string | null }) {
  const bin = join(folder, "system-bin");
  mkdirSync(bin, { recursive: true });
  if (systemNode !== null) writeNode(join(bin, "node"), systemNode);
  // A command search path with the shell's tools but no other Node.
  for (const tool of ["dirname", "readlink"]) {
    const script = `#!/bin/sh\nexec /usr/bin/${tool} "$@"\n`;
    writeFileSync(join(bin, tool), script, { mode: 0o755 });
  }
  const run = spawnSync("/bin/sh", [join(folder, "emberwatch"), "replay", "a b.mcap"], {
    env: { PATH: bin },
    encoding: "utf8",
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

test("with an old Node the launcher says in one sentence what to do", (context) => {
  const { status, stdout, stderr } = launch(bareClone(context), { systemNode: "v20.20.2" });
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^emberwatch: Node 24 is needed, found v20\.20\.2: run npm ci in .*\n$/);
});

test("with no Node at all the launcher says so", (context) => {
  const { status, stderr } = launch(bareClone(context), { systemNode: null });
  assert.equal(status, 2);
  assert.match(stderr, /found none: run npm ci/);
});

test("the Node that npm brought is taken before an old one of the system", (context) => {
  const folder = bareClone(context);
  mkdirSync(join(folder, "src/cli"), { recursive: true });
  writeFileSync(join(folder, "src/cli/main.ts"), "");
  writeNode(join(folder, "node_modules/.bin/node"), "v24.21.0");
  const { status, stdout } = launch(folder, { systemNode: "v20.20.2" });
  assert.equal(status, 0);
  assert.equal(stdout, `v24.21.0 runs ${folder}/src/cli/main.ts replay a b.mcap\n`);
});

test("a clone without its packages is told to install them", (context) => {
  const folder = bareClone(context);
  mkdirSync(join(folder, "src/cli"), { recursive: true });
  writeFileSync(join(folder, "src/cli/main.ts"), "");
  const { status, stderr } = launch(folder, { systemNode: "v26.1.0" });
  assert.equal(status, 2);
  assert.match(stderr, /^emberwatch: its packages are not installed: run npm ci in .*\n$/);
});

test("an installation runs its bundle with the system's Node", (context) => {
  const folder = bareClone(context);
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist/emberwatch.js"), "");
  const { status, stdout } = launch(folder, { systemNode: "v26.1.0" });
  assert.equal(status, 0);
  assert.equal(stdout, `v26.1.0 runs ${folder}/dist/emberwatch.js replay a b.mcap\n`);
});

/** Starts the installed program on this Node, which is made to say that it is another one. */
function startInstalled(context: TestContext, { nodeVersion }: { readonly nodeVersion: string }) {
  const folder = bareClone(context);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "emberwatch.js"), shebang({ flags: [], environment: {} }) + launcherSource);
  writeFileSync(join(folder, "emberwatch-command.js"), 'console.log("the command runs");');
  const disguise = `data:text/javascript,Object.defineProperties(process, {
    version: { value: "v${nodeVersion}" }, versions: { value: { node: "${nodeVersion}" } } });`;
  const args = ["--import", disguise, join(folder, "emberwatch.js")];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the installed program says in one sentence that Node is too old, before it loads anything", (context) => {
  assert.deepEqual(startInstalled(context, { nodeVersion: "20.20.2" }), {
    status: 2,
    stdout: "",
    stderr: "emberwatch: Node 24 is needed, found v20.20.2: install Node 24 and try again.\n",
  });
  assert.deepEqual(startInstalled(context, { nodeVersion: "24.0.0" }), {
    status: 0,
    stdout: "the command runs\n",
    stderr: "",
  });
});

test("a program that is started by its first line gets its flags and environment of Node", (context) => {
  const folder = bareClone(context);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const program = join(folder, "emberwatch.js");
  const node = { flags: ["--max-semi-space-size=1", "--no-warnings"], environment: { FIRST: "1" } };
  writeFileSync(program, shebang(node) + launcherSource, { mode: 0o755 });
  const command = "console.log(process.env.FIRST, process.execArgv.join());";
  writeFileSync(join(folder, "emberwatch-command.js"), command);
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const { stdout } = spawnSync(program, [], { encoding: "utf8", env: { PATH: path } });
  assert.equal(stdout, "1 --max-semi-space-size=1,--no-warnings\n");
});

test("the first line of a device's program is no longer than what Linux reads of it", () => {
  const line = shebang({ flags: deviceNodeFlags, environment: deviceEnvironment });
  // BINPRM_BUF_SIZE of Linux, of which the last byte ends the text.
  assert.ok(line.length <= 255, `${line.length} bytes`);
});
