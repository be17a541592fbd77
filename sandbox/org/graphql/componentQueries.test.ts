import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse, validate } from 'graphql';
import { openOrg } from '../org.ts';
import { requestRules } from './requestRules.ts';
import { buildUserSchema } from './schema.ts';

const COMPONENTS = 'force-app/main/default/lwc';

/** The GraphQL texts of the components, by file; those put together at run time cannot be read here. */
function componentQueries(): Array<[string, string]> {
  return globSync(`${COMPONENTS}/*/*.ts`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/gql`([^`$]*(?:\$\w[^`$]*)*)`/g)].map((found): [string, string] => [
      path.basename(file),
      found[1]!,
    ]),
  );
}

describe("the components' GraphQL requests", () => {
  it('are valid for a user who may read everything', () => {
    const org = openOrg({ sourceDirs: ['force-app'] });
    const { schema } = buildUserSchema(
      org,
      org.users.find(({ allAccess }) => allAccess)!,
    );
    const queries = componentQueries();
    const problems = queries.flatMap(([file, text]) =>
      validate(schema, parse(text), requestRules).map(({ message }) => `${file}: ${message}`),
    );
    org.close();
    assert.ok(queries.length > 0, 'no query found: has the folder of the components moved?');
    assert.deepEqual(problems, []);
  });
});
