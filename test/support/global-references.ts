import { child, type SyntaxNode, visit } from "./syntax-tree.ts";

/** A mention of a name that is not a property, key, type or declaration: it may mean the global of that name. */
export interface GlobalReference {
  readonly name: string;
  readonly offset: number;
  /** `now` in `Date.now`; null where the global itself is used, called or handed on. */
  readonly member: string | null;
  /** True in `new Name(…)` with at least one argument. */
  readonly constructedWithArguments: boolean;
}

const globalObjects = new Set(["globalThis", "window", "self", "global"]);

function memberName(member: SyntaxNode): string | null {
  const property = child(member, "property");
  if (property === null) return null;
  if (member["computed"] !== true) return String(property["name"]);
  return property.type === "Literal" ? String(property["value"]) : null;
}

/** Names a node merely labels things with, or that live in the world of types. */
function isNoReference(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.type.startsWith("TS")) return !/^TS(As|Satisfies|NonNull|Instantiation)/.test(parent.type);
  if (parent.type === "MemberExpression") return parent["property"] === node && parent["computed"] !== true;
  if (/^(Property|MethodDefinition|PropertyDefinition|AccessorProperty)$/.test(parent.type)) {
    return parent["key"] === node && parent["computed"] !== true && parent["shorthand"] !== true;
  }
  if (/^(Import|Export).*Specifier$/.test(parent.type)) return true;
  return /^(JSX|Label|Break|Continue|MetaProperty)/.test(parent.type);
}

/** Names that a file declares anywhere (imports, variables, parameters, functions): they are not the globals. */
function declaredNames(program: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const addPattern = (pattern: unknown): void => {
    if (typeof pattern !== "object" || pattern === null) return;
    visit(pattern as SyntaxNode, (node, parents) => {
      const parent = parents.at(-1);
      if (node.type !== "Identifier") return;
      if (parent?.type === "AssignmentPattern" && parent["right"] === node) return;
      if (parent?.type === "Property" && parent["key"] === node && parent["shorthand"] !== true) return;
      if (parents.some((above) => above.type.startsWith("TS"))) return;
      names.add(String(node["name"]));
    });
  };
  visit(program, (node) => {
    if (/^(FunctionDeclaration|ClassDeclaration)$/.test(node.type)) addPattern(node["id"]);
    if (/^Import.*Specifier$/.test(node.type)) addPattern(node["local"]);
    if (node.type === "VariableDeclarator") addPattern(node["id"]);
    if (/Function/.test(node.type) && Array.isArray(node["params"])) node["params"].forEach(addPattern);
  });
  return names;
}

function referenceTo(node: SyntaxNode, parents: readonly SyntaxNode[]): GlobalReference {
  const parent = parents.at(-1);
  const isObject = parent?.type === "MemberExpression" && parent["object"] === node;
  const isConstructed = parent?.type === "NewExpression" && parent["callee"] === node;
  return {
    name: String(node["name"]),
    offset: node.start,
    member: isObject ? (memberName(parent) ?? "(computed)") : null,
    constructedWithArguments: isConstructed && (parent["arguments"] as unknown[]).length > 0,
  };
}

/** Every mention of a global in a program, also as `globalThis.name`. */
export function globalReferences(program: SyntaxNode): readonly GlobalReference[] {
  const declared = declaredNames(program);
  const found: GlobalReference[] = [];
  visit(program, (node, parents) => {
    const parent = parents.at(-1);
    if (node.type === "Identifier" && parent !== undefined) {
      if (!isNoReference(node, parent) && !declared.has(String(node["name"]))) {
        found.push(referenceTo(node, parents));
      }
    }
    if (node.type !== "MemberExpression") return;
    const object = child(node, "object", "Identifier");
    const name = memberName(node);
    if (object === null || name === null || !globalObjects.has(String(object["name"]))) return;
    const isObject = parent?.type === "MemberExpression" && parent["object"] === node;
    const isConstructed = parent?.type === "NewExpression" && parent["callee"] === node;
    const member = isObject ? (memberName(parent) ?? "(computed)") : null;
    const withArguments = isConstructed && (parent["arguments"] as unknown[]).length > 0;
    found.push({ name, offset: node.start, member, constructedWithArguments: withArguments });
  });
  return found;
}
