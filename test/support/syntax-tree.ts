import { parseSync } from "vite";
import type { SourceFile } from "./repository-files.ts";

/** A node of the syntax tree (ESTree with TypeScript, as the parser of Vite gives it). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A comment; `value` is what stands between its marks. */
export interface SourceComment {
  readonly type: "Line" | "Block";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A parsed file. */
export interface ParsedFile extends SourceFile {
  readonly program: SyntaxNode;
  readonly comments: readonly SourceComment[];
}

/** A rule that a file breaks, and how to mend it. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
  readonly fix: string;
}

/** Parses one file; throws when it is no valid TypeScript. */
export function parseFile(file: SourceFile): ParsedFile {
  const result = parseSync(file.path, file.text);
  const error = result.errors[0];
  if (error !== undefined) throw new Error(`${file.path} does not parse: ${error.message}`);
  return { ...file, program: result.program as unknown as SyntaxNode, comments: result.comments };
}

/** Whether a value found in a node's field is a node itself. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as SyntaxNode).type === "string";
}

/** A field of a node when it is a node of that type, else null. */
export function child(node: SyntaxNode, field: string, type?: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) && (type === undefined || value.type === type) ? value : null;
}

/** Visits a node and all below it, parents first, with the way down to it (nearest parent last). */
export function visit(
  root: SyntaxNode,
  enter: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
): void {
  const parents: SyntaxNode[] = [];
  const descend = (node: SyntaxNode): void => {
    enter(node, parents);
    parents.push(node);
    for (const value of Object.values(node)) {
      for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) descend(item);
    }
    parents.pop();
  };
  descend(root);
}

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line += 1;
  return line;
}

/** Builds a finding at an offset of a file. */
export function findingAt(
  file: SourceFile,
  offset: number,
  { what, fix }: { readonly what: string; readonly fix: string },
): Finding {
  return { path: file.path, line: lineAt(file.text, offset), what, fix };
}

/** Findings as lines a person can act on, one each; empty when there are none. */
export function describeFindings(findings: readonly Finding[]): string {
  return findings.map((one) => `${one.path}:${one.line}: ${one.what} Fix: ${one.fix}`).join("\n");
}
