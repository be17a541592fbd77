import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const PACKAGE = path.resolve(import.meta.dirname, '../force-app/main/default');
const LWC = path.join(PACKAGE, 'lwc');
const read = (file: string): string => readFileSync(path.join(PACKAGE, file), 'utf8');
const files = (pattern: string): string[] => globSync(pattern, { cwd: PACKAGE });
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
const bundles = globSync('*/*.js-meta.xml', { cwd: LWC }).map((file) => path.dirname(file));
const productCode = files('lwc/*/*.{ts,html}').map(read).join('\n');

describe('the package', () => {
  it("lists every component bundle, and nothing else, in the paths of the components' tsconfig", () => {
    const { compilerOptions } = JSON.parse(read('lwc/tsconfig.json')) as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    assert.deepEqual(Object.keys(compilerOptions.paths).sort(), bundles.map((name) => `c/${name}`).sort());
  });

  it('defines every label that a component uses and uses every label it defines', () => {
    const defined = all(files('labels/*.labels-meta.xml').map(read).join('\n'), /<fullName>(.*?)<\/fullName>/g);
    const used = new Set(all(productCode, /@salesforce\/label\/c\.(\w+)/g));
    assert.deepEqual(
      [...used].filter((label) => !defined.includes(label)),
      [],
      'used but not defined',
    );
    assert.deepEqual(
      defined.filter((label) => !used.has(label)),
      [],
      'defined but not used',
    );
    assert.equal(new Set(defined).size, defined.length, 'a label is defined twice');
  });

  it('names only components that exist on its pages', () => {
    const names = all(
      files('flexipages/*.xml').map(read).join('\n'),
      /<componentName>(?!force:)(.*?)<\/componentName>/g,
    );
    assert.ok(names.length > 0);
    for (const name of names) assert.ok(bundles.includes(name), `no component ${name}`);
  });

  it('grants only objects and fields that exist, in every permission set', () => {
    const exists = (object: string, field?: string): boolean =>
      object === 'Account' && field === undefined
        ? true
        : existsSync(
            path.join(
              PACKAGE,
              'objects',
              object,
              field ? `fields/${field}.field-meta.xml` : `${object}.object-meta.xml`,
            ),
          );
    for (const file of files('permissionsets/*.xml')) {
      const xml = read(file);
      for (const name of all(xml, /<field>(.*?)<\/field>/g)) {
        const [object = '', field = ''] = name.split('.');
        assert.ok(exists(object, field), `${file} names ${name}`);
      }
      for (const object of all(xml, /<object>(.*?)<\/object>/g)) assert.ok(exists(object), `${file} names ${object}`);
    }
  });

  it('never grants a person or the agent Modify All, View All or a standard object', () => {
    for (const file of files('permissionsets/*.xml')) {
      const xml = read(file);
      assert.doesNotMatch(xml, /<(modifyAllRecords|viewAllRecords)>true/, file);
      assert.ok(
        all(xml, /<object>(.*?)<\/object>/g).every((object) => object.endsWith('__c')),
        file,
      );
    }
  });

  it('gives every field a description, a help text and a security classification', () => {
    const fields = files('objects/*/fields/*.field-meta.xml');
    assert.ok(fields.length > 100);
    for (const file of fields) {
      for (const element of ['description', 'inlineHelpText', 'securityClassification']) {
        assert.match(read(file), new RegExp(`<${element}>.+</${element}>`), `${file} has no ${element}`);
      }
    }
  });
});
