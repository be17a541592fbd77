import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { ROOT } from '../../sandbox/run/system.ts';
import { startWorkbench } from '../../sandbox/workbench/server.ts';
import type { Workbench } from '../../sandbox/workbench/server.ts';
import { visit } from './world.ts';
import type { World } from './world.ts';

/** A page with a component that fails, one that does not exist and one that uses the platform's modules. */
const PAGE = `<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata"><flexiPageRegions>
  ${['failing', 'absent', 'probe'].map((name) => `<itemInstances><componentInstance><componentName>${name}</componentName></componentInstance></itemInstances>`).join('')}
  <name>main</name><type>Region</type></flexiPageRegions><masterLabel>Bills</masterLabel>
  <template><name>flexipage:defaultAppHomeTemplate</name></template><type>AppPage</type></FlexiPage>`;

const PROBE = `
import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { gql, executeMutation } from 'lightning/graphql';
import USER_ID from '@salesforce/user/Id';
import NAME from '@salesforce/schema/User.Name';
import timeZone from '@salesforce/i18n/timeZone';

export default class Probe extends NavigationMixin(LightningElement) {
  emitted: string[] = [];
  recordId: string | undefined;
  url = '';
  answer = '';
  @wire(CurrentPageReference) page: { attributes: { apiName: string }; state: object } | undefined;
  @wire(getRecord, { recordId: '$recordId', fields: [NAME] })
  wiredUser({ data, error }: { data?: never; error?: { status: number; body: Array<{ errorCode: string }> } }) {
    this.emitted = [...this.emitted, data ? String(getFieldValue(data, NAME)) : error ? error.status + ' ' + error.body[0].errorCode : 'nothing'];
  }
  get report(): string {
    return JSON.stringify({ emitted: this.emitted, page: this.page?.attributes.apiName, state: this.page?.state, url: this.url, timeZone, answer: this.answer });
  }
  async connectedCallback() {
    this.url = await this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes: { recordId: 'x', objectApiName: 'Account', actionName: 'view' } });
  }
  handleUser() { this.recordId = USER_ID; }
  handleNobody() { this.recordId = '005000000000000AAA'; }
  handleToast() {
    this.dispatchEvent(new ShowToastEvent({ title: 'Done', message: 'See {0}.', messageData: [{ url: '/lightning/o/Account/list', label: 'Accounts' }], variant: 'success', mode: 'sticky' }));
  }
  async handleMutation() {
    const { errors } = await executeMutation({ query: gql\`mutation X { nonsense }\` });
    this.answer = errors?.[0]?.message ?? 'no error';
  }
}`;

const PROBE_HTML = `<template><p class="report">{report}</p>
  <button class="user" onclick={handleUser}>user</button><button class="nobody" onclick={handleNobody}>nobody</button>
  <button class="toast" onclick={handleToast}>toast</button><button class="mutation" onclick={handleMutation}>mutation</button></template>`;

const FAILING = `import { LightningElement } from 'lwc';
  export default class Failing extends LightningElement { connectedCallback() { throw new Error('broken on purpose'); } }`;

function writeSources(dir: string): void {
  for (const folder of ['applications', 'permissionsets', 'tabs']) {
    cpSync(path.join(ROOT, 'force-app/main/default', folder), path.join(dir, folder), { recursive: true });
  }
  const files = {
    'flexipages/Bills_Home.flexipage-meta.xml': PAGE,
    'lwc/probe/probe.ts': PROBE,
    'lwc/probe/probe.html': PROBE_HTML,
    'lwc/failing/failing.ts': FAILING,
    'lwc/failing/failing.html': '<template></template>',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), content);
  }
}

interface Report {
  emitted: string[];
  page: string;
  state: Record<string, string>;
  url: string;
  timeZone: string;
  answer: string;
}

export function componentTests(given: () => World): void {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
  let workbench: Workbench;
  const world = (): World => ({ ...given(), url: workbench.url, sessions: new Map() });

  before(async () => {
    writeSources(dir);
    workbench = await startWorkbench({ port: 0, org: given().org, m3ter: given().m3ter, sourceDirs: [dir] });
  });
  after(async () => {
    await workbench.close();
    rmSync(dir, { recursive: true });
  });

  it('that fail or do not exist leave a note with their name, and the others work', async () => {
    const { page, close } = await visit(world(), '/');
    await page.getByRole('heading', { name: 'failing has failed' }).waitFor();
    await page.getByText('broken on purpose').waitFor();
    await page.getByRole('heading', { name: 'absent is missing' }).waitFor();
    await page.locator('c-probe').waitFor();
    await close();
  });

  it('get the page reference, URLs and records as on the platform', async () => {
    const { page, close } = await visit(world(), '/lightning/n/M3ter_Bills?c__status=open');
    const report = async (): Promise<Report> => JSON.parse(await page.locator('c-probe .report').innerText()) as Report;
    await page.locator('c-probe .report').getByText('/lightning/r/').waitFor();
    const first = await report();
    assert.deepEqual(first.emitted, ['nothing']);
    assert.equal(first.page, 'M3ter_Bills');
    assert.deepEqual(first.state, { c__status: 'open' });
    assert.equal(first.url, '/lightning/r/Account/x/view');
    assert.equal(first.timeZone, 'UTC');
    await page.locator('c-probe .user').click();
    await page.locator('c-probe .report').getByText('Ada Admin').waitFor();
    await page.locator('c-probe .nobody').click();
    await page.locator('c-probe .report').getByText('404 ').waitFor();
    await page.locator('c-probe .mutation').click();
    await page.locator('c-probe .report').getByText('nonsense').waitFor();
    await close();
  });

  it('show toasts with links that open pages here', async () => {
    const { page, close } = await visit(world(), '/');
    await page.locator('c-probe .toast').click();
    await page.locator('shell-toasts').getByRole('link', { name: 'Accounts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    await close();
  });
}
