import type { Role } from '../access/roles.ts';
import type { Element } from './element.ts';
import { MetadataError } from './element.ts';

/** Elements of a role that give access to what hangs on an Account, which the local org shares by the object alone. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'caseAccessLevel',
  'contactAccessLevel',
  'description',
  'mayForecastManagerShare',
  'opportunityAccessLevel',
]);

/** Reads one `*.role-meta.xml`. */
export function readRole(name: string, element: Element): Role {
  const role: Role = { name, label: element.need('name') };
  const parent = element.text('parentRole');
  if (parent !== undefined) role.parent = parent;
  element.finish(WITHOUT_EFFECT);
  return role;
}

/** Throws MetadataError for a role whose parent is missing or that is, over some steps, below itself. */
export function checkRoles(roles: ReadonlyMap<string, Role>): void {
  for (const { name } of roles.values()) {
    const trail: string[] = [];
    for (let role = roles.get(name); role; role = role.parent === undefined ? undefined : roles.get(role.parent)) {
      if (trail.includes(role.name)) {
        throw new MetadataError(name, `the role is below itself: ${[...trail, role.name].join(' -> ')}`);
      }
      trail.push(role.name);
      if (role.parent !== undefined && !roles.has(role.parent)) {
        throw new MetadataError(role.name, `<parentRole> names the unknown role ${role.parent}`);
      }
    }
  }
}
