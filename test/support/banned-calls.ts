import { type GlobalReference, globalReferences } from "./global-references.ts";
import { isTestFile } from "./import-rules.ts";
import { moduleReferences } from "./module-references.ts";
import { child, type Finding, findingAt, type ParsedFile, visit } from "./syntax-tree.ts";

/** Parts in which time and chance are arguments, so that everything can be repeated. */
const repeatableParts = /^src\/(core|sensors|simulation|learning|recording)\//;

/** Parts that take time from the injected clock, but may draw secrets from the machine. */
const clockedParts = /^src\/(core|sensors|simulation|learning|recording|inference|model-package|edge|hub)\//;

/** Where programs are put together and the real clock and chance are handed in. */
const compositionRoots = /^src\/(cli\/(?!.*\.test\.)|[^/]+\/main\.tsx?$)/;

const timers = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
  "clearTimeout",
  "clearInterval",
  "clearImmediate",
  "requestAnimationFrame",
  "scheduler",
]);

const timerModules = /^(node:)?(timers|timers\/promises|perf_hooks)$/;
const clockFix = "take a Clock (core/time.ts) as an argument.";
const randomFix = "take a Random (core/random.ts) as an argument.";

interface Complaint {
  readonly what: string;
  readonly fix: string;
}

function judgeTime(reference: GlobalReference): Complaint | null {
  const { name, member } = reference;
  if (name === "Date") {
    // Converting a given time is pure; asking for the present one is not, nor is handing the constructor on.
    if (reference.constructedWithArguments || member === "UTC" || member === "parse") return null;
    return { what: member === null ? "Date without a time." : `Date.${member}.`, fix: clockFix };
  }
  if (name === "performance") return { what: "performance.", fix: clockFix };
  if (timers.has(name)) return { what: `${name}.`, fix: clockFix };
  if (name === "process" && (member === "hrtime" || member === "uptime" || member === "nextTick")) {
    return { what: `process.${member}.`, fix: clockFix };
  }
  if (name === "AbortSignal" && member === "timeout") return { what: "AbortSignal.timeout.", fix: clockFix };
  return null;
}

/** Work put off takes its turn by the machine's mood, not by the order of calls. */
function judgeOrder(reference: GlobalReference): Complaint | null {
  if (reference.name !== "queueMicrotask") return null;
  return { what: "queueMicrotask.", fix: "do it now, or return what is to be done." };
}

function judgeChance(reference: GlobalReference): Complaint | null {
  const { name, member } = reference;
  // `const { random } = Math` and `pick(Math)` hide the call as well.
  if (name === "Math" && (member === "random" || member === null || member === "(computed)")) {
    return { what: member === "random" ? "Math.random." : "Math handed on whole.", fix: randomFix };
  }
  if (name === "crypto") return { what: "crypto.", fix: randomFix };
  return null;
}

const randomImports =
  /^(randomBytes|randomUUID|randomInt|randomFill|randomFillSync|webcrypto|getRandomValues)$/;

function importedChance(file: ParsedFile): Finding[] {
  const found: Finding[] = [];
  visit(file.program, (node) => {
    if (node.type !== "ImportSpecifier") return;
    const name = String(child(node, "imported")?.["name"]);
    if (randomImports.test(name))
      found.push(findingAt(file, node.start, { what: `${name}.`, fix: randomFix }));
  });
  return found;
}

/** Uses of the machine's time and chance where the design makes them arguments. */
export function checkBannedCalls(file: ParsedFile): readonly Finding[] {
  const isTest = isTestFile(file.path);
  const isRepeatable = repeatableParts.test(file.path);
  const isClocked = clockedParts.test(file.path) && !isTest;
  const found: Finding[] = [];
  for (const reference of globalReferences(file.program)) {
    const time = isClocked ? judgeTime(reference) : null;
    // Unseeded chance enters where programs are put together, nowhere else, and least of all in tests: a failure that
    // cannot be repeated teaches nothing.
    const isMathRandom =
      reference.name === "Math" && reference.member === "random" && !compositionRoots.test(file.path);
    const chance = (isRepeatable && !isTest) || isMathRandom ? judgeChance(reference) : null;
    const order = isRepeatable && !isTest ? judgeOrder(reference) : null;
    const complaint = time ?? order ?? chance;
    if (complaint !== null) found.push(findingAt(file, reference.offset, complaint));
  }
  if (isRepeatable && !isTest) found.push(...importedChance(file));
  if (!isClocked) return found;
  for (const { specifier, offset } of moduleReferences(file)) {
    if (specifier !== null && timerModules.test(specifier)) {
      found.push(findingAt(file, offset, { what: `the module "${specifier}".`, fix: clockFix }));
    }
  }
  return found;
}

const outsideWorld = new Set([
  "process",
  "Buffer",
  "console",
  "fetch",
  "navigator",
  "document",
  "localStorage",
]);

/** Uses of the machine in the parts that never meet it. */
export function checkOutsideWorld(file: ParsedFile): readonly Finding[] {
  if (!/^src\/(core|simulation)\//.test(file.path) || isTestFile(file.path)) return [];
  return globalReferences(file.program)
    .filter(({ name }) => outsideWorld.has(name))
    .map(({ name, offset }) =>
      findingAt(file, offset, { what: `the machine's ${name}.`, fix: "take what is needed as an argument." }),
    );
}
