/** What the scripts use of sfdx-project.json. */
export interface Project {
  readonly namespace: string;
  readonly packageDirectories: ReadonlyArray<{ readonly default?: boolean; readonly package?: string }>;
  readonly packageAliases: Readonly<Record<string, string>>;
}

/** The name of the package. Throws when the project file names none. */
export function defaultPackage({ packageDirectories }: Project): string {
  const name = packageDirectories.find((one) => one.default)?.package;
  if (name === undefined) throw new Error('sfdx-project.json names no package in its default folder. Add "package".');
  return name;
}

/** The project with the aliases of another state of it; undefined when that knows no new one. */
export function takeAliases<T extends Project>(project: T, other: Project): T | undefined {
  const isKnown = Object.entries(other.packageAliases).every(([name, id]) => project.packageAliases[name] === id);
  return isKnown ? undefined : { ...project, packageAliases: { ...project.packageAliases, ...other.packageAliases } };
}
