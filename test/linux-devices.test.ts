import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runUnderShim } from "./support/device-shim/run-under-shim.ts";
import { sharedDeviceShim } from "./support/device-shim/shared-device-shim.ts";
import { serialNumberAnswer } from "./support/serial-number-bus.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const root = resolve(import.meta.dirname, "..");
const { skip, library } = sharedDeviceShim();

/** Programs of tests, each for a process in which /dev is faked at system-call level. */
const programs = {
  "I2C of Linux": new URL("./support/device-shim/i2c-under-shim.ts", import.meta.url),
  "SPI and GPIO of Linux": new URL("./support/device-shim/spi-and-gpio-under-shim.ts", import.meta.url),
  "capture threads": new URL("./support/device-shim/capture-under-shim.ts", import.meta.url),
  "a Lepton in its capture thread": new URL("./support/device-shim/lepton-under-shim.ts", import.meta.url),
};

/** Reports each top-level test of a program's TAP output as a test of its own. */
async function reportTap(context: TestContext, output: string): Promise<number> {
  const results = [...output.matchAll(/^(ok|not ok) \d+ - (.*)$/gm)];
  for (const [, verdict, name] of results) {
    await context.test(name, () => assert.equal(verdict, "ok", `\n${output}`));
  }
  return results.length;
}

for (const [name, program] of Object.entries(programs)) {
  test(`${name}, on faked devices`, { skip }, async (context) => {
    // A test that fails may leave a thread behind, which must not keep the program alive.
    const nodeOptions = ["--expose-gc", "--test-force-exit", "--test-reporter=tap"];
    const run = await runUnderShim({ library: library(), program: fileURLToPath(program), nodeOptions });
    assert.ok((await reportTap(context, run.output)) > 0, `no test ran:\n${run.output}`);
    assert.equal(run.exitCode, 0, run.output);
  });
}

test("a bundled program finds the threads that are bundled beside it, and says when koffi is missing", {
  skip,
}, async (context) => {
  const folder = await temporaryFolder(context);
  const reader = new URL("./support/device-shim/read-serial-number.ts", import.meta.url);
  await build({
    absWorkingDir: root,
    entryPoints: {
      program: fileURLToPath(reader),
      "i2c-worker": "src/sensors/transport/linux/i2c-worker.ts",
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["koffi"],
    logLevel: "warning",
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const program = join(folder, "program.js");
  const without = await runUnderShim({ library: library(), program });
  assert.match(without.output, /TransportFailure: The package koffi, .* is missing: install it/);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const { exitCode, output } = await runUnderShim({ library: library(), program });
  assert.equal(output.trim(), Buffer.from(serialNumberAnswer).toString("hex"));
  assert.equal(exitCode, 0);
});
