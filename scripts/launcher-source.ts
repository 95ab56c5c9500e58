/**
 * The first line of a program that is started with flags of Node (a shell gives `env` only one argument; -S splits it).
 */
export function shebang(nodeFlags: readonly string[]): string {
  return nodeFlags.length === 0 ? "#!/usr/bin/env node\n" : `#!/usr/bin/env -S node ${nodeFlags.join(" ")}\n`;
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
