import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compiledKernelPath, compileKernel, kernelHash, kernelNames } from "../../scripts/build-kernels.ts";

test("every committed kernel is what its source compiles to", async () => {
  const names = kernelNames();
  assert.ok(names.length > 0, "no kernels found");
  for (const name of names) {
    const committed = kernelHash(readFileSync(compiledKernelPath(name)));
    const compiled = kernelHash(await compileKernel(name));
    assert.equal(
      committed,
      compiled,
      `${name}.wasm is stale: run node scripts/build-kernels.ts and commit it`,
    );
  }
});
