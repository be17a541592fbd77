import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stageProject } from '../metadata/stage.ts';
import { analyze, FAILS_UP_TO, withoutWaived } from './analyze.ts';
import type { Finding } from './analyze.ts';

const META = '<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">';

/** One run of the engines over the package and, beside it, a component and a library that are broken on purpose. */
describe('the security gate', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-security-'));
  const broken = 'force-app/main/default/lwc/broken';
  let findings: Finding[];
  let unused: string[];
  before(async () => {
    stageProject(folder);
    const write = (name: string, text: string): void => {
      mkdirSync(path.dirname(path.join(folder, broken, name)), { recursive: true });
      writeFileSync(path.join(folder, broken, name), text);
    };
    write(
      'broken.js',
      `import { LightningElement } from 'lwc';
export default class Broken extends LightningElement {
  renderedCallback() {
    this.template.querySelector('div').innerHTML = eval(this.words);
  }
}
`,
    );
    write('broken.html', '<template><div lwc:dom="manual" class="slds-button--brand"></div></template>');
    write('broken.css', '.thing { color: #ff0000; }');
    write('broken.js-meta.xml', `${META}<apiVersion>20.0</apiVersion></LightningComponentBundle>`);
    write('jquery-1.8.1.min.js', '/*! jQuery v1.8.1 jquery.com | jquery.org/license */\nwindow.jQuery = {};\n');
    ({ findings, unused } = withoutWaived(await analyze(folder)));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('finds nothing of severity 1 to 3 in the package, and needs each of its waivers', () => {
    const inPackage = findings.filter(({ file, severity }) => !file.startsWith(broken) && severity <= FAILS_UP_TO);
    assert.deepEqual(inPackage, []);
    assert.deepEqual(unused, []);
  });

  for (const rule of [
    'eslint:@lwc/lwc/no-inner-html',
    'eslint:no-eval',
    'regex:AvoidOldSalesforceApiVersions',
    'retire-js:LibraryWithKnownMediumSeverityVulnerability',
  ]) {
    it(`is red by ${rule}`, () => {
      const found = findings.filter((finding) => finding.rule === rule && finding.severity <= FAILS_UP_TO);
      assert.ok(
        found.some(({ file }) => file.startsWith(broken)),
        `found in the broken component: ${findings
          .filter(({ file }) => file.startsWith(broken))
          .map((finding) => `${finding.severity} ${finding.rule}`)
          .join(', ')}`,
      );
    });
  }

  it('looks at styles by the SLDS linter', () => {
    assert.ok(findings.some(({ file, rule }) => file === `${broken}/broken.css` && rule.includes('slds')));
  });
});
