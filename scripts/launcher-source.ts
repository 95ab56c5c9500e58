/** How a program's Node is to be started. */
export interface NodeStart {
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The first line of a program: the system gives `env` all that stands behind it as one argument, and -S splits it. */
export function shebang({ flags, environment }: NodeStart): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const words = [...variables, "node", ...flags];
  return words.length === 1 ? "#!/usr/bin/env node\n" : `#!/usr/bin/env -S ${words.join(" ")}\n`;
}

/**
 * Text of dist/emberwatch.js, the program that a shell starts. It stands apart from the bundle because an old Node
 * refuses the bundle's imports (node:sqlite, for one) before any line of it runs. Every Node that knows ES modules
 * understands it. The first line comes from `shebang`.
 */
export const launcherSource = `if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Deprecations inside bundled packages are nothing the user could mend; developers see them when running the sources.
  process.noDeprecation = true;
  await import("./emberwatch-command.js");
} else {
  console.error("emberwatch: Node 24 is needed, found " + process.version + ": install Node 24 and try again.");
  process.exitCode = 2;
}
`;
