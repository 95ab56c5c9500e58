import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { machineFault } from "#core/failure.ts";
import { type FrameworkMember, frameworks } from "./framework.ts";

// Finds modules without loading them, which would take a second each.
const findModules =
  "import importlib.util as u, sys; print(*[m for m in sys.argv[1:] if u.find_spec(m) is None])";

/** Why a framework cannot be used with this Python, as one sentence that says what to do; null when it can. */
export async function frameworkAbsence(member: FrameworkMember, python: string): Promise<string | null> {
  const { title, module, debianPackage } = frameworks[member];
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", findModules, "numpy", module]);
    const missing = stdout.trim().split(" ").join(" and ");
    if (missing === "") return null;
    return `${title} cannot be used: ${python} has no ${missing}. Install ${debianPackage}, or use the native engine.`;
  } catch {
    return `${title} cannot be used: there is no Python at ${python}. Install python3 and ${debianPackage}, or use the native engine.`;
  }
}

/** Throws `machineFault` with code `framework-absent` when a framework cannot be used with this Python. */
export async function requireFramework(member: FrameworkMember, python: string): Promise<void> {
  const absence = await frameworkAbsence(member, python);
  if (absence !== null) throw machineFault("framework-absent", absence);
}
