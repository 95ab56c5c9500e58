import { child, type ParsedFile, type SyntaxNode, visit } from "./syntax-tree.ts";

/** One mention of another module in a file, in any of the ways TypeScript has. */
export interface ModuleReference {
  /** As written; null where it is computed and nobody can say what it is. */
  readonly specifier: string | null;
  readonly kind: "value" | "type" | "url";
  /** Where it stands in the text. */
  readonly offset: number;
  readonly reExport: boolean;
}

function literalText(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type === "TemplateLiteral" && (node["expressions"] as unknown[]).length === 0) {
    const [quasi] = node["quasis"] as { value: { cooked: string } }[];
    return quasi?.value.cooked ?? null;
  }
  if (node.type === "TSLiteralType") return literalText(child(node, "literal"));
  return null;
}

function isImportMeta(node: SyntaxNode | null, property: string): boolean {
  if (node?.type !== "MemberExpression") return false;
  return child(node, "object", "MetaProperty") !== null && child(node, "property")?.["name"] === property;
}

function isTypeOnly(node: SyntaxNode): boolean {
  return (node["importKind"] ?? node["exportKind"]) === "type";
}

function referenceOfCall(node: SyntaxNode): ModuleReference | null {
  const args = node["arguments"] as SyntaxNode[];
  const callee = child(node, "callee");
  const first = args[0] ?? null;
  const name = callee?.type === "Identifier" ? callee["name"] : null;
  if (node.type === "NewExpression") {
    if (name !== "URL" || !isImportMeta(args[1] ?? null, "url")) return null;
    return { specifier: literalText(first), kind: "url", offset: node.start, reExport: false };
  }
  if (name !== "require" && !isImportMeta(callee, "resolve")) return null;
  return { specifier: literalText(first), kind: "value", offset: node.start, reExport: false };
}

function referenceOf(node: SyntaxNode): ModuleReference | null {
  const offset = node.start;
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration": {
      const specifier = literalText(child(node, "source"));
      if (specifier === null) return null;
      const kind = isTypeOnly(node) ? "type" : "value";
      return { specifier, kind, offset, reExport: node.type !== "ImportDeclaration" };
    }
    case "ImportExpression":
      return { specifier: literalText(child(node, "source")), kind: "value", offset, reExport: false };
    case "TSImportType":
      return {
        specifier: literalText(child(node, "source") ?? child(node, "argument")),
        kind: "type",
        offset,
        reExport: false,
      };
    case "TSExternalModuleReference":
      return { specifier: literalText(child(node, "expression")), kind: "value", offset, reExport: false };
    case "CallExpression":
    case "NewExpression":
      return referenceOfCall(node);
    default:
      return null;
  }
}

/**
 * Every module a file mentions: imports and re-exports, of values and of types, `import()`, `import("…")` in a type,
 * `require`, `import.meta.resolve` and `new URL("…", import.meta.url)`.
 */
export function moduleReferences(file: ParsedFile): readonly ModuleReference[] {
  const found: ModuleReference[] = [];
  visit(file.program, (node) => {
    const reference = referenceOf(node);
    if (reference !== null) found.push(reference);
  });
  return found;
}
