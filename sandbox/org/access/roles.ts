/** A role as the source folders define it. */
export interface Role {
  /** Developer name. */
  name: string;
  label: string;
  parent?: string;
}

/**
 * For each user the users whose records they see and change as if they were their own: those in roles below theirs.
 * Source: Salesforce Help, "Role Hierarchy" (grant access using hierarchies, which is always on here).
 *
 * @param userRoles a user's id and their role's id or null
 * @param roleParents a role's id and its parent's id or null
 */
export function ownersBelowEach(
  userRoles: ReadonlyArray<[user: string, role: string | null]>,
  roleParents: ReadonlyArray<[role: string, parent: string | null]>,
): Map<string, ReadonlySet<string>> {
  const parents = new Map(roleParents);
  const isBelow = (role: string | null, above: string | null): boolean => {
    if (role === null || above === null) return false;
    const parent = parents.get(role) ?? null;
    return parent === above || isBelow(parent, above);
  };
  return new Map(
    userRoles.map(([user, role]) => [
      user,
      new Set(userRoles.filter(([, other]) => isBelow(other, role)).map(([id]) => id)),
    ]),
  );
}
