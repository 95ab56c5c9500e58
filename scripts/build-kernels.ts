import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { main as compile } from "assemblyscript/asc";

const kernelFolder = resolve(import.meta.dirname, "../src/kernels");

/** Names of all kernels: each is assembly/NAME.ts, whose further files, if any, lie in assembly/NAME/. */
export function kernelNames(): readonly string[] {
  return readdirSync(join(kernelFolder, "assembly"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => basename(name, ".ts"))
    .sort();
}

/** Path of a compiled kernel, which is committed so that nobody needs the compiler to run the product. */
export function compiledKernelPath(name: string): string {
  return join(kernelFolder, `${name}.wasm`);
}

/** Compiles one kernel; the same source and compiler version give the same bytes. Throws with the compiler's words. */
export async function compileKernel(name: string): Promise<Uint8Array> {
  const assembly = join(kernelFolder, "assembly");
  let binary: Uint8Array | null = null;
  const options = [
    "--optimizeLevel",
    "3",
    "--noAssert",
    "--converge",
    "--enable",
    "simd",
    "--runtime",
    "stub",
  ];
  const { error, stderr } = await compile([`${name}.ts`, "--outFile", `${name}.wasm`, ...options], {
    // Null for what is not ours: the compiler brings its own library.
    readFile: (path) => {
      const file = join(assembly, path);
      return existsSync(file) ? readFileSync(file, "utf8") : null;
    },
    writeFile: (_path, contents) => {
      if (typeof contents !== "string") binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) throw new Error(`${name} does not compile: ${stderr.toString()}`);
  return binary;
}

/** SHA-256 of a kernel's bytes, in hex. */
export function kernelHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Compiles all kernels into their committed places and prints their hashes. */
export async function buildKernels(): Promise<void> {
  for (const name of kernelNames()) {
    const bytes = await compileKernel(name);
    writeFileSync(compiledKernelPath(name), bytes);
    console.log(`${name}.wasm  ${bytes.length} bytes  sha256 ${kernelHash(bytes)}`);
  }
}

if (import.meta.main) await buildKernels();
