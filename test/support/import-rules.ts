import { posix } from "node:path";
import { type ModuleReference, moduleReferences } from "./module-references.ts";
import { type Finding, findingAt, type ParsedFile } from "./syntax-tree.ts";

/** What the files of a part may mention. */
export interface PartRule {
  /** Other parts; "any" for the part that wires the others together. */
  readonly parts: readonly string[] | "any";
  /** Node's own modules: nowhere, everywhere, or only in the folder that touches the operating system. */
  readonly nodeModules: "none" | "all" | "transport/linux";
  /** Packages from the registry; "any" leaves it to package.json. */
  readonly packages: readonly string[] | "any";
  /** Packages that the folder which touches the operating system may use besides. */
  readonly linuxPackages?: readonly string[];
  /** Parts whose interfaces (types) may be imported, but no code. */
  readonly typesOnlyFrom?: readonly string[];
}

/** The import table: ARCHITECTURE.md shows it, a new line in it is an architecture change. */
export const importTable: Readonly<Record<string, PartRule>> = {
  core: { parts: [], nodeModules: "none", packages: [] },
  wire: { parts: ["core"], nodeModules: "none", packages: ["zod"] },
  "model-package": { parts: ["core"], nodeModules: "all", packages: ["protobufjs", "tar-stream", "zod"] },
  sensors: { parts: ["core"], nodeModules: "transport/linux", packages: [], linuxPackages: ["koffi"] },
  recording: { parts: ["core", "wire"], nodeModules: "all", packages: ["@mcap/core", "pngjs", "zod"] },
  simulation: { parts: ["core", "sensors"], nodeModules: "none", packages: [] },
  inference: { parts: ["core", "model-package"], nodeModules: "all", packages: ["onnxruntime-node"] },
  learning: {
    parts: ["core", "model-package", "sensors", "simulation", "inference", "recording"],
    nodeModules: "all",
    packages: ["hyparquet", "hyparquet-writer", "zod"],
  },
  kernels: {
    parts: ["core"],
    nodeModules: "all",
    packages: [],
    typesOnlyFrom: ["inference", "learning", "simulation"],
  },
  edge: {
    parts: ["core", "wire", "sensors", "recording", "inference", "model-package"],
    nodeModules: "all",
    packages: ["@peculiar/x509", "mqtt", "reflect-metadata", "zod"],
  },
  hub: {
    parts: ["core", "wire", "model-package", "inference", "learning", "recording"],
    nodeModules: "all",
    packages: [
      "@hono/node-server",
      "@peculiar/x509",
      "aedes",
      "hono",
      "mqtt",
      "reflect-metadata",
      "ws",
      "zod",
    ],
  },
  dashboard: {
    parts: ["core", "wire"],
    nodeModules: "none",
    packages: ["preact", "@preact/signals", "uplot", "zod"],
  },
  aws: {
    parts: ["core", "wire", "model-package", "inference", "learning", "recording"],
    nodeModules: "all",
    packages: [],
  },
  cli: { parts: "any", nodeModules: "all", packages: "any" },
};

const sourceExtensions = /\.(ts|tsx)$/;
const otherExtensions = /\.(css|json|wasm|html|svg|py)$/;

/** Part a path belongs to, for example "core"; null outside of src. */
export function partOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether a file is a test (or a contract suite that tests call). */
export function isTestFile(path: string): boolean {
  return /\.(test|contract|live\.test)\.tsx?$/.test(path);
}

/** Name of the package a bare specifier belongs to: "hono" for "hono/ws", "@mcap/core" for itself. */
export function packageOf(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return specifier.startsWith("@") ? `${first}/${second}` : first;
}

/** Path inside the repository that a `#part/…` or relative specifier names; null for packages and Node modules. */
export function resolveSpecifier(fromPath: string, specifier: string): string | null {
  if (specifier.startsWith("#support/")) return `test/support/${specifier.slice("#support/".length)}`;
  if (specifier.startsWith("#")) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith(".")) return posix.join(posix.dirname(fromPath), specifier);
  return null;
}

interface Complaint {
  readonly what: string;
  readonly fix: string;
}

/** What a reference is judged in: the file it stands in, its part and that part's rule. */
interface Place {
  readonly path: string;
  readonly part: string;
  readonly rule: PartRule;
}

function judgeRelative(place: Place, reference: ModuleReference, specifier: string): Complaint | null {
  const target = resolveSpecifier(place.path, specifier) ?? "";
  // The command says its own version, and the bundle has none but package.json's.
  if (place.part === "cli" && target === "package.json") return null;
  // A kernel's or program's folder may be named by URL; leaving the part may not.
  if (reference.kind === "url" && place.part === "cli") return null;
  if (partOf(`${target}/`) === place.part) return null;
  return {
    what: `"${specifier}" leaves the part "${place.part}".`,
    fix: "import another part by #part/…, if the import table allows that part.",
  };
}

function judgeOtherPart(place: Place, reference: ModuleReference, specifier: string): Complaint | null {
  const target = /^#([^/]+)\//.exec(specifier)?.[1] ?? "";
  if (target === "support" && isTestFile(place.path)) return null;
  if (target === place.part) {
    return { what: `"${specifier}" names its own part.`, fix: "within a part import by a relative path." };
  }
  if (place.rule.typesOnlyFrom?.includes(target)) {
    if (reference.kind === "type") return null;
    return {
      what: `"${specifier}" imports code.`,
      fix: `use "import type": only interfaces of "${target}".`,
    };
  }
  if (!(target in importTable) || (place.rule.parts !== "any" && !place.rule.parts.includes(target))) {
    const allowed = place.rule.parts === "any" ? "every part" : place.rule.parts.join(", ") || "nothing";
    return {
      what: `"${place.part}" may not import "${specifier}".`,
      fix: `"${place.part}" may import ${allowed}; move the code, or pass what is needed as an argument.`,
    };
  }
  return judgeEmulatorImport(place, specifier);
}

/** The emulators share interfaces and geometry with the drivers, never codecs: a shared error would pass every test. */
function judgeEmulatorImport(place: Place, specifier: string): Complaint | null {
  if (place.part !== "simulation" || !specifier.startsWith("#sensors/")) return null;
  const inside = specifier.slice("#sensors/".length);
  const isInterface = !inside.includes("/") || /^transport\/[^/]+$/.test(inside);
  if (isInterface || /geometry/.test(inside)) return null;
  return {
    what: `the simulation imports the driver's "${specifier}".`,
    fix: "import sensor interfaces, transport interfaces or a …geometry.ts file; write the emulator from the data sheet.",
  };
}

function judgeOutside(place: Place, specifier: string): Complaint | null {
  if (isTestFile(place.path)) return null;
  const isLinuxFolder = place.path.startsWith(`src/${place.part}/transport/linux/`);
  if (specifier.startsWith("node:")) {
    const { nodeModules } = place.rule;
    if (nodeModules === "all" || (nodeModules === "transport/linux" && isLinuxFolder)) return null;
    return {
      what: `"${place.part}" may not use Node's "${specifier}".`,
      fix: "let the caller do it and pass the result or an interface in.",
    };
  }
  if (place.rule.packages === "any" || place.rule.packages.includes(packageOf(specifier))) return null;
  if (isLinuxFolder && place.rule.linuxPackages?.includes(packageOf(specifier))) return null;
  return {
    what: `"${place.part}" may not use the package "${specifier}".`,
    fix: `allowed: ${place.rule.packages.join(", ") || "none"}; a new one is an architecture change (test/support/import-rules.ts and the table in ARCHITECTURE.md).`,
  };
}

function judgeExtension(reference: ModuleReference, specifier: string): Complaint | null {
  const isOurs = specifier.startsWith(".") || specifier.startsWith("#");
  if (!isOurs || reference.kind === "url") return null;
  const target = specifier.replace(/\?.*$/, "");
  if (sourceExtensions.test(target) || otherExtensions.test(target)) return null;
  return {
    what: `"${specifier}" has no extension.`,
    fix: "write .ts or .tsx: Node runs the sources as they are.",
  };
}

function judgeInPart(place: Place, reference: ModuleReference): Complaint | null {
  const { specifier } = reference;
  if (specifier === null) {
    if (place.part === "cli" || reference.kind === "url") return null;
    return {
      what: "an import is computed.",
      fix: "write the module's name as a literal, so that it can be checked.",
    };
  }
  const extension = judgeExtension(reference, specifier);
  if (extension !== null) return extension;
  if (specifier.startsWith(".")) return judgeRelative(place, reference, specifier);
  if (specifier.startsWith("#")) return judgeOtherPart(place, reference, specifier);
  return reference.kind === "url" ? null : judgeOutside(place, specifier);
}

/** Tests, benchmarks and scripts may import every part, but by its #name, as anybody else. */
function judgeOutsideSources(path: string, reference: ModuleReference): Complaint | null {
  const { specifier } = reference;
  if (specifier === null) return null;
  const extension = judgeExtension(reference, specifier);
  if (extension !== null) return extension;
  if (!specifier.startsWith(".") || reference.kind === "url") return null;
  if (!resolveSpecifier(path, specifier)?.startsWith("src/")) return null;
  return { what: `"${specifier}" reaches into src.`, fix: "import it by #part/…." };
}

/** Everything in one file that breaks the import table. */
export function checkImports(file: ParsedFile): readonly Finding[] {
  const part = partOf(file.path);
  const rule = part === null ? null : importTable[part];
  if (part !== null && rule === undefined) {
    const what = `"${part}" is no part of the design.`;
    return [
      { path: file.path, line: 1, what, fix: "put the file into one of the parts of ARCHITECTURE.md." },
    ];
  }
  return moduleReferences(file).flatMap((reference) => {
    const complaint =
      part !== null && rule
        ? judgeInPart({ path: file.path, part, rule }, reference)
        : judgeOutsideSources(file.path, reference);
    return complaint === null ? [] : [findingAt(file, reference.offset, complaint)];
  });
}
