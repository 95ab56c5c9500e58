/** As much of our package.json as the device's package takes over. */
export interface SourceManifest {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/**
 * The package.json of what a device installs: everything is in the bundle but koffi, which is compiled, brings a file
 * for each machine and needs no compiler and no install script.
 */
export function edgeManifest({ version, license, engines, optionalDependencies }: SourceManifest): object {
  const koffi = optionalDependencies["koffi"];
  if (koffi === undefined) throw new Error("package.json names no koffi: a device needs it for its buses.");
  return {
    name: "emberwatch-edge",
    version,
    description:
      "Watches a room with a thermal camera and a CO2 sensor and decides on the spot whether it burns.",
    license,
    type: "module",
    engines,
    bin: { emberwatch: "dist/emberwatch.js" },
    dependencies: { koffi },
  };
}
