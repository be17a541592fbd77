import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { startWorkbench } from './server.ts';
import type { Workbench } from './server.ts';

const USERS = [
  { alias: 'admin', name: 'Ada Admin', accessToken: 'token-of-admin', permissionSets: ['All'] },
  { alias: 'viewer', name: '</script><b>Vic', accessToken: 'token-of-viewer', permissionSets: [] },
];

const META = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A source folder with one tab, whose page names a component that is there and one that is not. */
function writeSources(dir: string): void {
  const files = {
    'applications/Demo.app-meta.xml': `<CustomApplication ${META}><label>Demo</label><tabs>Home</tabs></CustomApplication>`,
    'permissionsets/All.permissionset-meta.xml': `<PermissionSet ${META}><tabSettings><tab>Home</tab>
      <visibility>Visible</visibility></tabSettings><tabSettings><tab>Other</tab><visibility>None</visibility></tabSettings></PermissionSet>`,
    'tabs/Home.tab-meta.xml': `<CustomTab ${META}><flexiPage>Start</flexiPage><label>Home</label><motif>Custom17: Sack</motif></CustomTab>`,
    'flexipages/Start.flexipage-meta.xml': `<FlexiPage ${META}><flexiPageRegions><itemInstances><componentInstance>
      <componentName>hello</componentName></componentInstance></itemInstances><itemInstances><componentInstance>
      <componentName>c:gone</componentName></componentInstance></itemInstances><name>main</name><type>Region</type>
      </flexiPageRegions><masterLabel>Start</masterLabel><template><name>x</name></template><type>AppPage</type></FlexiPage>`,
    'labels/CustomLabels.labels-meta.xml': `<CustomLabels ${META}><labels><fullName>Hi</fullName><language>en_US</language>
      <protected>true</protected><shortDescription>x</shortDescription><value>Hello &amp; welcome</value></labels></CustomLabels>`,
    'translations/de.translation-meta.xml': `<Translations ${META}><customApplications><label>Vorschau</label><name>Demo</name>
      </customApplications><customLabels><label>Hallo</label><name>Hi</name></customLabels>
      <customTabs><label>Start</label><name>Home</name></customTabs></Translations>`,
    'lwc/hello/hello.html': '<template>{text}</template>',
    'lwc/hello/hello.ts': `import { LightningElement } from 'lwc';
      import hi from '@salesforce/label/c.Hi';
      import NAME from '@salesforce/schema/Account.Name';
      export default class Hello extends LightningElement { text: string = hi + NAME.fieldApiName; }`,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), content);
  }
}

describe('the workbench server', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
  const backend = Fastify();
  const changeListeners = new Set<() => void>();
  let seen: { method: string; url: string; headers: IncomingHttpHeaders; body: unknown } | undefined;
  let workbench: Workbench;

  before(async () => {
    writeSources(dir);
    backend.get('/services/oauth2/userinfo', () => ({ user_id: '005000000000001AAA' }));
    backend.all('/*', (request, reply) => {
      const { method, url, headers, body } = request;
      seen = { method, url, headers, body };
      return reply.code(201).send({ done: true });
    });
    const baseUrl = await backend.listen({ host: '127.0.0.1', port: 0 });
    const onChange = (listener: () => void): (() => void) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    };
    workbench = await startWorkbench({
      port: 0,
      org: { instanceUrl: baseUrl, users: USERS, onChange },
      m3ter: { baseUrl },
      sourceDirs: [dir],
    });
  });

  after(async () => {
    await workbench.close();
    await backend.close();
    rmSync(dir, { recursive: true });
  });

  it('speaks the language that the address asks for, on the pages that follow too, and English otherwise', async () => {
    const open = (address: string, cookie = '') => fetch(workbench.url + address, { headers: { cookie } });
    const german = await open('/lightning/n/Home?language=de');
    const cookie = german.headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const response of [german, await open('/lightning/n/Home', cookie)]) {
      const page = await response.text();
      assert.match(page, /<html lang="de"/);
      assert.match(page, /"app":"Vorschau","labels":\{"Hi":"Hallo"\},"tabs":\{"Home":"Start"\}/);
    }
    for (const address of ['/', '/?language=tlh']) assert.match(await (await open(address)).text(), /<html lang="en"/);
    assert.match(await (await open('/?language=en', cookie)).text(), /<html lang="en"/);
    const arabic = await open('/?language=ar-XB');
    const pages = [arabic, await open('/', arabic.headers.get('set-cookie')?.split(';')[0])];
    for (const response of pages) {
      assert.match(await response.text(), /<html lang="ar-XB" dir="rtl">[^]*"Hi":"\[Héllö & wélçömé/);
    }
  });

  it('serves the app with the components, their labels and field references', async () => {
    const script = await (await fetch(`${workbench.url}/workbench/app.js`)).text();
    assert.match(script, /Hello & welcome/);
    assert.match(script, /fieldApiName":"Name"/);
  });

  it('serves the base components and SLDS that the app imports', async () => {
    const script = await (await fetch(`${workbench.url}/workbench/app.js`)).text();
    const imports = [...script.matchAll(/from ?'(\/workbench\/vendor[^']+)'/g)].map(([, url = '']) => url);
    assert.ok(imports.length > 3);
    for (const url of [
      ...imports,
      imports[0]?.replace('lwc.js', 'icons/utility.svg') ?? '',
      '/slds/slds2.cosmos.css',
    ]) {
      assert.equal((await fetch(workbench.url + url)).status, 200, url);
    }
  });

  it('names every script in the page that it needs before it runs, so that they are fetched at once', async () => {
    const page = await (await fetch(`${workbench.url}/lightning/n/Home`)).text();
    const named = [...page.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, url = '']) => url);
    assert.equal(named[0], '/workbench/app.js');
    assert.equal(new Set(named).size, named.length);
    for (const url of named) {
      const script = await (await fetch(workbench.url + url)).text();
      for (const [, from = ''] of script.matchAll(/^(?:import|export)\b[^;]*?['"]([./][^'"]+\.js)['"];$/gm)) {
        const needed = new URL(from, workbench.url + url).pathname;
        assert.ok(named.includes(needed), `${url} imports ${needed}`);
      }
    }
  });

  it('serves the page for every Lightning address, with the session but no token', async () => {
    const page = await (await fetch(`${workbench.url}/lightning/n/Home`)).text();
    assert.match(page, /"id":"005000000000001AAA"/);
    assert.doesNotMatch(page, /token-of/);
    assert.doesNotMatch(page, /<b>/);
  });

  it("shows the tabs of the user's permission sets", async () => {
    const tabsOf = async (alias: string) => {
      const page = await fetch(`${workbench.url}/`, { headers: { cookie: `workbench-user=${alias}` } });
      return /"tabs":(\[[^\]]*\]),"language"/.exec(await page.text())?.[1];
    };
    assert.deepEqual([await tabsOf('admin'), await tabsOf('viewer')], ['["Home"]', '[]']);
  });

  it('hands API calls on with the token of the user, without cookies', async () => {
    const response = await fetch(`${workbench.url}/services/data/v67.0/query?q=SELECT%20Id`, {
      headers: { cookie: 'workbench-user=viewer' },
    });
    assert.equal(response.status, 201);
    assert.equal(seen?.url, '/services/data/v67.0/query?q=SELECT%20Id');
    assert.equal(seen?.headers.authorization, 'Bearer token-of-viewer');
    assert.equal(seen?.headers.cookie, undefined);
  });

  it('hands a body on as it is', async () => {
    await fetch(`${workbench.url}/services/data/v67.0/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"x"}',
    });
    assert.deepEqual(seen?.body, { query: 'x' });
    assert.equal(seen?.headers.authorization, 'Bearer token-of-admin');
  });

  it("hands the panel's calls on to local m3ter, without a token", async () => {
    await fetch(`${workbench.url}/workbench/m3ter/bills/1`, { method: 'DELETE' });
    assert.equal(`${seen?.method} ${seen?.url}`, 'DELETE /sandbox/bills/1');
    assert.equal(seen?.headers.authorization, undefined);
  });

  it('switches the user, and refuses one that the org does not have', async () => {
    const change = (alias: string): Promise<Response> =>
      fetch(`${workbench.url}/workbench/session`, { method: 'POST', body: JSON.stringify({ alias }) });
    assert.match((await change('viewer')).headers.get('set-cookie') ?? '', /^workbench-user=viewer;.*HttpOnly/);
    assert.equal((await change('nobody')).status, 404);
  });

  it('tells pages when the org has changed', async () => {
    const response = await fetch(`${workbench.url}/workbench/changes`);
    const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    for (const listener of changeListeners) listener();
    assert.match((await reader.read()).value ?? '', /event: change/);
    await reader.cancel();
  });

  it('refuses other sites', async () => {
    const status = async (headers: Record<string, string>, method = 'GET'): Promise<number> =>
      (await fetch(`${workbench.url}/services/data/v67.0/limits`, { method, headers })).status;
    assert.equal(await status({ origin: 'http://evil.example' }), 403);
    assert.equal(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }), 403);
    assert.equal(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'POST'), 403);
    assert.equal(await status({ origin: workbench.url, 'sec-fetch-site': 'same-origin' }, 'POST'), 201);
  });

  it('names the port when it is busy', async () => {
    const port = Number(new URL(workbench.url).port);
    const org = { instanceUrl: workbench.url, users: USERS, onChange: () => () => undefined };
    await assert.rejects(
      startWorkbench({ port, org, m3ter: { baseUrl: workbench.url }, sourceDirs: [dir] }),
      new RegExp(`Port ${port} is in use`),
    );
  });
});

describe('the build', () => {
  const start = (dir: string): Promise<Workbench> =>
    startWorkbench({
      port: 0,
      org: { instanceUrl: 'http://127.0.0.1:9', users: USERS, onChange: () => () => undefined },
      m3ter: { baseUrl: 'http://127.0.0.1:9' },
      sourceDirs: [dir],
    });

  const broken: Array<[string, string, RegExp]> = [
    ['a label that does not exist', "import x from '@salesforce/label/c.Nope';", /No label c\.Nope/],
    ['a component that does not exist', "import x from 'c/nope';", /c\/nope/],
    ['a platform module that the workbench lacks', "import x from 'lightning/empApi';", /lightning\/empApi/],
  ];
  for (const [what, line, message] of broken) {
    it(`fails by name on the import of ${what}`, async () => {
      const dir = mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
      writeSources(dir);
      const code = `import { LightningElement } from 'lwc'; ${line} export default class Hello extends LightningElement { x = x; }`;
      writeFileSync(path.join(dir, 'lwc/hello/hello.ts'), code);
      try {
        await assert.rejects(start(dir), message);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  }
});
