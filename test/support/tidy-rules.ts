import { posix } from "node:path";
import {
  child,
  type Finding,
  findingAt,
  lineAt,
  type ParsedFile,
  type SyntaxNode,
  visit,
} from "./syntax-tree.ts";

/** Most lines of a function, from its head to its closing brace. Aim at 30. */
export const functionLinesMax = 70;

/** Most lines of a file. Aim at 200. */
export const fileLinesMax = 400;

/** Files in which a tool wants a default export. */
const defaultExportFiles = /(^|\/)([a-z-]+\.config|test-reporter)\.ts$/;

const functionTypes = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** The function handed to `describe` or `suite` is a chapter of tests, not a function. */
function isChapter(parents: readonly SyntaxNode[]): boolean {
  const call = parents.at(-1);
  if (call?.type !== "CallExpression") return false;
  const callee = child(call, "callee");
  return callee?.type === "Identifier" && (callee["name"] === "describe" || callee["name"] === "suite");
}

function functionName(node: SyntaxNode, parents: readonly SyntaxNode[]): string {
  const parent = parents.at(-1);
  const named = child(node, "id") ?? (parent && (child(parent, "id") ?? child(parent, "key")));
  return typeof named?.["name"] === "string" ? `"${named["name"]}"` : "a function";
}

/** Functions longer than the ratchet. */
export function checkFunctionLengths(file: ParsedFile): readonly Finding[] {
  const found: Finding[] = [];
  visit(file.program, (node, parents) => {
    if (!functionTypes.has(node.type) || isChapter(parents)) return;
    const lines = lineAt(file.text, node.end) - lineAt(file.text, node.start) + 1;
    if (lines <= functionLinesMax) return;
    const what = `${functionName(node, parents)} has ${lines} lines, more than ${functionLinesMax}.`;
    found.push(findingAt(file, node.start, { what, fix: "keep the decisions, move the steps out." }));
  });
  return found;
}

/** Files longer than the limit. */
export function checkFileLength(file: ParsedFile): readonly Finding[] {
  const lines = file.text.split("\n").length - 1;
  if (lines <= fileLinesMax) return [];
  const what = `the file has ${lines} lines, more than ${fileLinesMax}.`;
  return [{ path: file.path, line: fileLinesMax + 1, what, fix: "split it by responsibility." }];
}

/** Re-exports, default exports and detached export lists: there is one way to import a thing, from where it is defined. */
export function checkExports(file: ParsedFile): readonly Finding[] {
  const found: Finding[] = [];
  for (const node of file.program["body"] as SyntaxNode[]) {
    const report = (what: string, fix: string) => found.push(findingAt(file, node.start, { what, fix }));
    if (node.type === "ExportDefaultDeclaration" && !defaultExportFiles.test(file.path)) {
      report("a default export.", "export it by name.");
    }
    if (node.type === "ExportAllDeclaration" || child(node, "source")?.type === "Literal") {
      if (node.type !== "ImportDeclaration")
        report("a re-export.", "import from the file that defines the thing.");
    } else if (node.type === "ExportNamedDeclaration" && child(node, "declaration") === null) {
      const isEmptyModule = (node["specifiers"] as unknown[]).length === 0;
      if (!isEmptyModule) report("an export list.", "write export at the declaration.");
    }
  }
  return found;
}

/** File names that say nothing, and names that are not kebab-case. */
export function checkFileName(path: string): readonly Finding[] {
  // A long test may be split by aspect: region-tracker.background.test.ts.
  const stem = posix.basename(path).replace(/(\.[a-z-]+\.test|(\.(d|test|contract|config))*)\.tsx?$/, "");
  const report = (what: string, fix: string): Finding[] => [{ path, line: 1, what, fix }];
  if (/^(utils?|helpers?|commons?|types?|misc|shared|stuff|lib)$/.test(stem)) {
    return report(`"${stem}" says nothing.`, "name the file after the one thing it defines.");
  }
  if (stem === "index") return report("an index file is a barrel.", "name the file after what it defines.");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) return report(`"${stem}" is not kebab-case.`, "rename it.");
  return [];
}

function hasDocComment(file: ParsedFile, offset: number): boolean {
  return file.comments.some(
    (comment) =>
      comment.type === "Block" &&
      comment.value.startsWith("*") &&
      comment.value.replace(/[*\s]/g, "").length > 0 &&
      comment.end <= offset &&
      /^\s*$/.test(file.text.slice(comment.end, offset)),
  );
}

/** Exported things that do not say what they mean. */
export function checkDocComments(file: ParsedFile): readonly Finding[] {
  const found: Finding[] = [];
  let previousName: unknown = null;
  for (const node of file.program["body"] as SyntaxNode[]) {
    const declaration = node.type === "ExportNamedDeclaration" ? child(node, "declaration") : null;
    const name = declaration === null ? null : child(declaration, "id")?.["name"];
    // Overloads share the comment of the first.
    const isOverload = name !== null && name !== undefined && name === previousName;
    previousName = name;
    if (declaration === null || isOverload || hasDocComment(file, node.start)) continue;
    const label = typeof name === "string" ? `"${name}"` : "an export";
    const fix = "add /** meaning, unit, errors thrown, source of a formula or constant */ above it.";
    found.push(findingAt(file, node.start, { what: `${label} has no doc comment.`, fix }));
  }
  return found;
}

/** The keyword `private`, which only the compiler honours. */
export function checkPrivateFields(file: ParsedFile): readonly Finding[] {
  const found: Finding[] = [];
  visit(file.program, (node) => {
    if (node["accessibility"] !== "private" && node["accessibility"] !== "protected") return;
    // A constructor cannot be hidden by #; private, it says that a static method makes the thing.
    if (node["kind"] === "constructor") return;
    const what = `the keyword ${node["accessibility"]}.`;
    found.push(findingAt(file, node.start, { what, fix: "use a #field." }));
  });
  return found;
}
