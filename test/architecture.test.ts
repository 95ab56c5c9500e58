import assert from "node:assert/strict";
import { test } from "node:test";
import { checkImports, importTable, isTestFile, packageOf, partOf } from "./support/import-rules.ts";
import { moduleReferences } from "./support/module-references.ts";
import { readRepositoryFile, typeScriptFiles } from "./support/repository-files.ts";
import { describeFindings, findingAt, parseFile } from "./support/syntax-tree.ts";

const files = typeScriptFiles().map(parseFile);

function complaintsAbout(path: string, text: string): number {
  return checkImports(parseFile({ path, text })).length;
}

test("every import keeps to the import table", () => {
  assert.ok(files.length > 0, "no source files found");
  const findings = files.flatMap(checkImports);
  assert.equal(findings.length, 0, `\n${describeFindings(findings)}`);
});

test("the checker refuses planted violations", () => {
  const planted: readonly (readonly [path: string, text: string])[] = [
    ["src/core/a.ts", 'import { x } from "#edge/x.ts";'],
    ["src/core/a.ts", 'import type { X } from "#wire/x.ts";'],
    ["src/core/a.ts", 'let a: import("#hub/x.ts").X;'],
    ["src/core/a.ts", 'export { x } from "#hub/x.ts";'],
    ["src/core/a.ts", 'export * from "#hub/x.ts";'],
    ["src/core/a.ts", 'import { readFileSync } from "node:fs";'],
    ["src/core/a.ts", 'import { z } from "zod";'],
    ["src/core/a.ts", 'import { b } from "#core/b.ts";'],
    ["src/core/features/a.ts", 'import { x } from "../../wire/x.ts";'],
    ["src/core/a.ts", 'import { b } from "./b";'],
    ["src/core/a.ts", 'import { b } from "./b.js";'],
    ["src/core/a.ts", 'const b = await import("#edge/b.ts");'],
    ["src/core/a.ts", 'const b = await import("#edge/" + name);'],
    ["src/core/a.ts", 'const b = require("node:fs");'],
    ["src/core/a.ts", 'import fs = require("fs");'],
    ["src/core/a.test.ts", 'import { x } from "#simulation/x.ts";'],
    ["src/dashboard/a.tsx", 'import type { Hub } from "#hub/hub.ts";'],
    ["src/dashboard/a.tsx", 'import { join } from "node:path";'],
    ["src/wire/a.ts", 'import { createHash } from "node:crypto";'],
    ["src/sensors/lepton/a.ts", 'import { open } from "node:fs/promises";'],
    ["src/sensors/lepton/a.ts", 'const koffi = await import("koffi");'],
    ["src/simulation/devices/a.ts", 'import { parse } from "#sensors/lepton/vospi-packet.ts";'],
    ["src/kernels/a.ts", 'import { walk } from "#inference/tree-walker.ts";'],
    ["src/hub/a.ts", 'new Worker(new URL("../edge/worker.ts", import.meta.url));'],
    ["src/edge/a.ts", 'import { x } from "#support/x.ts";'],
    ["src/plugins/a.ts", "export {};"],
    ["bench/a.ts", 'import { x } from "../src/core/x.ts";'],
  ];
  for (const [path, text] of planted) assert.equal(complaintsAbout(path, text), 1, `${path}: ${text}`);
});

test("the checker admits what the design allows", () => {
  const allowed: readonly (readonly [path: string, text: string])[] = [
    ["src/core/features/a.ts", 'import type { X } from "../frames/x.ts";'],
    ["src/core/a.test.ts", 'import assert from "node:assert/strict"; import fc from "fast-check";'],
    ["src/core/a.test.ts", 'import { x } from "#support/x.ts";'],
    ["src/core/a.ts", '// import { x } from "#edge/x.ts";\nexport const text = "from \'#edge/x.ts\'";'],
    ["src/wire/a.ts", 'import { z } from "zod"; import type { X } from "#core/x.ts";'],
    ["src/sensors/transport/linux/a.ts", 'import { open } from "node:fs/promises";'],
    ["src/sensors/transport/linux/b.ts", 'const koffi = await import("koffi");'],
    ["src/simulation/a.ts", 'import type { ThermalCamera } from "#sensors/thermal-camera.ts";'],
    ["src/simulation/a.ts", 'import { packets } from "#sensors/lepton/vospi-geometry.ts";'],
    ["src/kernels/a.ts", 'import type { Walker } from "#inference/tree-walker.ts";'],
    ["src/kernels/a.ts", 'new URL("./frame-moments.wasm", import.meta.url);'],
    ["src/dashboard/a.tsx", 'import "./page.css"; import { render } from "preact/hooks";'],
    [
      "src/cli/a.ts",
      'import { Hub } from "#hub/hub.ts"; import { DeviceAgent } from "#edge/device-agent.ts";',
    ],
    ["test/a.test.ts", 'import { Hub } from "#hub/hub.ts"; import { build } from "../scripts/build.ts";'],
  ];
  for (const [path, text] of allowed) assert.equal(complaintsAbout(path, text), 0, `${path}: ${text}`);
});

test("MQTT topic names are written in wire alone", () => {
  const findings = files
    .filter((file) => /^(src|bench|scripts)\//.test(file.path) && partOf(file.path) !== "wire")
    .filter((file) => !isTestFile(file.path))
    .flatMap((file) => {
      const offset = file.text.search(/["'`]emberwatch\/v\d/);
      if (offset === -1) return [];
      return [findingAt(file, offset, { what: "a topic name.", fix: "take it from #wire/topics.ts." })];
    });
  assert.equal(findings.length, 0, `\n${describeFindings(findings)}`);
});

test("every package that the sources import is declared in package.json", () => {
  const manifest = JSON.parse(readRepositoryFile("package.json")) as Record<string, Record<string, string>>;
  const shipped = new Set(Object.keys({ ...manifest["dependencies"], ...manifest["optionalDependencies"] }));
  const declared = new Set([...shipped, ...Object.keys(manifest["devDependencies"] ?? {})]);
  const findings = files.flatMap((file) => {
    const isProduct = file.path.startsWith("src/") && !isTestFile(file.path);
    return moduleReferences(file).flatMap((reference) => {
      const { specifier } = reference;
      if (specifier === null || reference.kind === "url" || /^([.#/]|node:)/.test(specifier)) return [];
      if ((isProduct ? shipped : declared).has(packageOf(specifier))) return [];
      const what = `"${specifier}" is not in package.json${isProduct ? "'s dependencies" : ""}.`;
      const fix = "declare it, or import a node: module with its prefix.";
      return [findingAt(file, reference.offset, { what, fix })];
    });
  });
  assert.equal(findings.length, 0, `\n${describeFindings(findings)}`);
});

test("the parts named in package.json's imports are those of the import table", () => {
  const { imports } = JSON.parse(readRepositoryFile("package.json")) as { imports: Record<string, string> };
  const named = Object.keys(imports).map((name) => name.slice(1, -2));
  assert.deepEqual(named.filter((name) => name !== "support").sort(), Object.keys(importTable).sort());
});

test("ARCHITECTURE.md shows the import table as it is enforced", () => {
  const [, codeMap = ""] = readRepositoryFile("ARCHITECTURE.md").split("## Code map");
  const shown = [...codeMap.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, part = "", allowed = ""]) =>
      [
        part,
        allowed
          .replace(/;.*| \(.*?\)/g, "")
          .split(", ")
          .sort()
          .join(", "),
      ] as const,
  );
  const enforced = Object.entries(importTable).map(([part, { parts }]) => {
    if (parts === "any") return [part, "everything"] as const;
    return [part, parts.toSorted().join(", ") || "nothing"] as const;
  });
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(enforced));
});
