import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { checkBannedCalls, checkOutsideWorld } from "./support/banned-calls.ts";
import { findDeadFiles } from "./support/dead-files.ts";
import { readRepositoryFile, repositoryPaths, typeScriptFiles } from "./support/repository-files.ts";
import { describeFindings, type Finding, type ParsedFile, parseFile } from "./support/syntax-tree.ts";
import {
  checkDocComments,
  checkExports,
  checkFileLength,
  checkFileName,
  checkFunctionLengths,
  checkPrivateFields,
  fileLinesMax,
  functionLinesMax,
} from "./support/tidy-rules.ts";

const files = typeScriptFiles().map(parseFile);
const textPaths = repositoryPaths().filter(
  (path) =>
    !/\.(png|wasm|mcap|cptv|ico|woff2|gz|tjsn|bin)$/.test(path) &&
    !/^(LICENSE|package-lock\.json)$/.test(path),
);

function assertNone(findings: readonly Finding[]): void {
  assert.equal(findings.length, 0, `\n${describeFindings(findings)}`);
}

function planted(path: string, text: string): ParsedFile {
  return parseFile({ path, text });
}

/** Lines of all text files that match, as findings. */
function searchText(pattern: RegExp, complaint: { readonly what: string; readonly fix: string }): Finding[] {
  return textPaths.flatMap((path) =>
    readRepositoryFile(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [{ path, line: index + 1, ...complaint }] : [])),
  );
}

test("time and chance are arguments", () => {
  assertNone(files.flatMap(checkBannedCalls));
});

test("the search for banned calls finds them in every disguise", () => {
  const disguises = [
    "const a = Date.now();",
    "const a = new Date();",
    "const a = Date();",
    'const a = Date["now"]();',
    "const { now } = Date;",
    "const a = globalThis.Date.now();",
    "const a = [1].map(Math.random);",
    "const { random } = Math;",
    "setTimeout(run, 1);",
    "globalThis.setInterval(run, 1);",
    "const later = setImmediate;",
    "queueMicrotask(run);",
    "const a = performance.now();",
    "const a = process.hrtime.bigint();",
    "const a = AbortSignal.timeout(1);",
    'import { setTimeout } from "node:timers/promises";',
    'import { randomBytes } from "node:crypto";',
  ];
  for (const text of disguises) {
    assert.equal(checkBannedCalls(planted("src/core/a.ts", text)).length, 1, text);
    assert.equal(checkBannedCalls(planted("src/cli/a.ts", text)).length, 0, text);
  }
  for (const path of ["src/cli/a.test.ts", "src/dashboard/lamp.tsx", "bench/a.ts"]) {
    assert.equal(checkBannedCalls(planted(path, "const a = Math.random();")).length, 1, path);
  }
  for (const text of [
    "const a = new Date(ms).toISOString();",
    "const a = Date.UTC(2026, 0);",
    "let a: Date; const b = Math.floor(1.5);",
    "clock.setTimeout(run); const c = { setTimeout: 1, now: frame.now() };",
    "interface Timers { setTimeout(run: () => void): void }",
    'const text = "Date.now()"; // Math.random()',
    "function draw(performance: number) { return performance; }",
  ]) {
    assert.deepEqual(checkBannedCalls(planted("src/core/a.ts", text)), [], text);
  }
});

test("core and simulation never touch the machine", () => {
  assertNone(files.flatMap(checkOutsideWorld));
  assert.equal(
    checkOutsideWorld(planted("src/core/a.ts", "fetch(url); console.log(process.pid);")).length,
    3,
  );
  assert.equal(checkOutsideWorld(planted("src/core/a.ts", "state.process(); const console = 1;")).length, 0);
});

test("every source file is reached from a program", () => {
  assertNone(findDeadFiles({ files, entryPoints: programs() }));
});

/** Programs: what package.json's scripts name, the command, each part's main, and what web pages load. */
function programs(): string[] {
  const { scripts } = JSON.parse(readRepositoryFile("package.json")) as { scripts: Record<string, string> };
  const started = Object.values(scripts).flatMap((line) =>
    (line.match(/[\w./-]+\.tsx?\b/g) ?? []).map((path) => posix.normalize(path)),
  );
  const mains = files.map((file) => file.path).filter((path) => /^src\/([^/]+\/)+main\.tsx?$/.test(path));
  const configs = files.map((file) => file.path).filter((path) => path.endsWith(".config.ts"));
  const loaded = repositoryPaths()
    .filter((path) => path.endsWith(".html"))
    .flatMap((page) =>
      [...readRepositoryFile(page).matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, source = ""]) =>
        posix.join(posix.dirname(page), source),
      ),
    );
  return [...started, ...mains, ...configs, ...loaded];
}

test("the search for dead files tells a used one from an unused one", () => {
  const tree = [
    planted("src/cli/main.ts", 'import { a } from "#core/a.ts"; await import("./lazy.ts");'),
    planted("src/core/a.ts", 'import type { B } from "./b.ts";'),
    planted("src/core/b.ts", "export {};"),
    planted("src/cli/lazy.ts", "export {};"),
    planted("src/core/forgotten.ts", "export {};"),
    planted("src/core/tested-only.ts", "export {};"),
    planted("src/core/a.test.ts", 'import "./tested-only.ts"; import "#support/scene.ts";'),
    planted("test/support/scene.ts", "export {};"),
    planted("test/support/old-scene.ts", "export {};"),
  ];
  const dead = findDeadFiles({ files: tree, entryPoints: ["src/cli/main.ts"] });
  assert.deepEqual(
    dead.map((finding) => finding.path),
    ["src/core/forgotten.ts", "src/core/tested-only.ts", "test/support/old-scene.ts"],
  );
});

test("a thing has one place to import it from", () => {
  assertNone(files.flatMap(checkExports));
  for (const text of [
    'export * from "./b.ts";',
    'export { b } from "./b.ts";',
    'export type { B } from "./b.ts";',
    "export default 1;",
    "const a = 1; export { a };",
  ]) {
    assert.equal(checkExports(planted("src/core/a.ts", text)).length, 1, text);
  }
  assert.deepEqual(checkExports(planted("src/dashboard/vite.config.ts", "export default {};")), []);
});

test("the tests beside the code are run, each by one file of test/parts", () => {
  const folders = repositoryPaths()
    .filter((path) => path.startsWith("test/parts/"))
    .flatMap((path) => readRepositoryFile(path).match(/(?<=")[a-z-]+(?=")/g) ?? []);
  const parts = repositoryPaths().flatMap((path) => /^src\/([^/]+)\/.*\.test\.ts$/.exec(path)?.[1] ?? []);
  assert.deepEqual(folders.sort(), [...new Set(parts)].sort());
});

test("file names say what the file defines", () => {
  assertNone(files.flatMap((file) => checkFileName(file.path)));
  for (const path of [
    "src/core/utils.ts",
    "src/hub/types.ts",
    "src/hub/index.ts",
    "src/hub/Store.ts",
    "a_b.test.ts",
    "a.utils.ts",
  ]) {
    assert.equal(checkFileName(path).length, 1, path);
  }
  for (const path of [
    "src/hub/api/act-route.test.ts",
    "test/contract/event-store.contract.test.ts",
    "a/b.d.ts",
    "a/b.background.test.ts",
  ]) {
    assert.deepEqual(checkFileName(path), [], path);
  }
});

test(`functions have at most ${functionLinesMax} lines and files ${fileLinesMax}`, () => {
  assertNone(files.flatMap((file) => [...checkFunctionLengths(file), ...checkFileLength(file)]));
  const lines = (count: number) => "run();\n".repeat(count);
  const method = (count: number) => `class A {\n  go() {\n${lines(count - 2)}}\n}`;
  assert.equal(checkFunctionLengths(planted("a.ts", method(functionLinesMax + 1))).length, 1);
  assert.equal(checkFunctionLengths(planted("a.ts", method(functionLinesMax))).length, 0);
  assert.equal(checkFunctionLengths(planted("a.ts", `const a = () => {\n${lines(70)}};`)).length, 1);
  assert.equal(checkFunctionLengths(planted("a.ts", `describe("x", () => {\n${lines(90)}});`)).length, 0);
  assert.equal(checkFileLength(planted("a.ts", lines(fileLinesMax + 1))).length, 1);
});

test("every exported thing says what it means", () => {
  assertNone(files.flatMap(checkDocComments));
  for (const text of [
    "export const a = 1;",
    "// Not a doc comment.\nexport const a = 1;",
    "/** */ export class A {}",
  ]) {
    assert.equal(checkDocComments(planted("a.ts", text)).length, 1, text);
  }
  const overloads = "/** Adds. */\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;";
  assert.deepEqual(checkDocComments(planted("a.ts", overloads)), []);
});

test("fields are hidden by #, which holds at run time too", () => {
  assertNone(files.flatMap(checkPrivateFields));
  assert.equal(checkPrivateFields(planted("a.ts", "class A { private b = 1; #c = 2; }")).length, 1);
  assert.equal(checkPrivateFields(planted("a.ts", "class A { private constructor() {} }")).length, 0);
});

test("nothing is left for later", () => {
  // The character classes keep this file from finding itself.
  const marks = /\b(TO[D]O|FIX[M]E|X[X]X)\b/;
  assertNone(searchText(marks, { what: "a note for later.", fix: "do it now, or file an issue." }));
});

test("no file names a folder of somebody's machine or a package registry", () => {
  const places = /[/]work[/]|[/]home[/](?!pi\b)\w|[/]Users[/]\w|[/]root[/]|npm[j]s[.]org|_auth[T]oken/;
  assertNone(
    searchText(places, { what: "a path or host of one machine.", fix: "make it relative, or an option." }),
  );
  const lockfile = readRepositoryFile("package-lock.json");
  assert.doesNotMatch(
    lockfile,
    /"resolved": "http/,
    "package-lock.json names a registry: npm ci would need it",
  );
});

test("every decision is numbered, complete and linked", () => {
  const records = repositoryPaths().filter((path) => /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path));
  const others = repositoryPaths().filter(
    (path) => path.startsWith("docs/decisions/") && !records.includes(path),
  );
  assert.deepEqual(others, ["docs/decisions/README.md"]);
  const list = readRepositoryFile("docs/decisions/README.md");
  records.forEach((path, index) => {
    const name = posix.basename(path);
    assert.equal(Number(name.slice(0, 4)), index + 1, `${name}: decisions are numbered without gaps`);
    assert.ok(list.includes(`](${name})`), `${name} is not linked from docs/decisions/README.md`);
    const text = readRepositoryFile(path);
    for (const heading of ["Status", "Context", "Decision", "Consequences"]) {
      assert.match(
        text,
        new RegExp(`^(## ${heading}|\\*\\*${heading}\\*\\*)`, "m"),
        `${name} lacks "${heading}"`,
      );
    }
  });
});

test("links between documents lead somewhere", () => {
  const known = new Set(repositoryPaths());
  const folders = new Set(
    [...known].flatMap((path) => path.split("/").map((_, i, all) => all.slice(0, i).join("/"))),
  );
  const findings = [...known]
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...readRepositoryFile(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].flatMap(
        ([, link = ""]) => {
          const target = posix.join(posix.dirname(path), link).replace(/\/$/, "");
          if (known.has(target) || folders.has(target)) return [];
          return [{ path, line: 1, what: `"${link}" does not exist.`, fix: "correct the link." }];
        },
      ),
    );
  assertNone(findings);
});

test("files that documents and comments name exist", () => {
  const known = new Set(repositoryPaths());
  const named = /\b(?:src|test|scripts|bench|docs)\/[\w./-]+\.(?:tsx?|md|sh|py|json|wasm)\b/g;
  const sources = [...known].filter((path) => path.endsWith(".md") || /^src\/.*\.tsx?$/.test(path));
  const findings = sources.flatMap((path) =>
    (readRepositoryFile(path).match(named) ?? [])
      .filter((name) => !known.has(name))
      .map((name) => ({ path, line: 1, what: `${name} does not exist.`, fix: "name the file as it is." })),
  );
  assertNone(findings);
});

test("ARCHITECTURE.md gives every dependency a line of purpose, and names no other", () => {
  const manifest = JSON.parse(readRepositoryFile("package.json")) as Record<string, Record<string, string>>;
  const declared = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const [, section = ""] = readRepositoryFile("ARCHITECTURE.md").split(/^## Dependencies$/m);
  const [table = ""] = section.split(/^## /m);
  const rows = [...table.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)];
  assert.deepEqual(rows.map(([, name]) => name).sort(), [...declared].sort());
  for (const [, name, purpose = ""] of rows) assert.ok(purpose.trim().length > 10, `${name} has no purpose`);
});
