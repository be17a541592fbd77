import { World } from './world.ts';
import { manyBills, billId } from './builders.ts';
const world = await World.start(manyBills(40, 3));
const run = async (...args: string[]) => {
  const t = Date.now();
  const { code, stdout, stderr } = await world.agent(args).ended;
  console.log(`$ ${args.join(' ')} -> ${code} in ${Date.now() - t} ms\n${stdout.slice(0, 2500)}\n${stderr.slice(0, 3000)}`);
};
const agent = world.agent(['start']);
agent.ended.then((e) => console.log('AGENT ENDED', e.code, e.signal, e.stderr.slice(0, 6000)));
await new Promise((r) => setTimeout(r, 12000));
await run('status');
await run('sync', '--once');
await run('sync', '--once', '--json');
await run('sync');
await run('resend', billId('bill-3'));
await run('integration', 'disable', 'All Bills', '--reason', 'Year end');
await run('integration', 'list');
await run('integration', 'enable', 'All Bills');
await run('integration', 'show', 'All Bills');
await run('runs');
await run('runs', 'RUN-0000001', '--json');
await run('events');
await run('credential', 'list');
await run('credential', 'test', 'environment');
await run('filter', 'test', "currency == USD");
await run('doctor', '--json');
await run('redrive');
await run('config', 'check');
const [integration] = await world.query('SELECT Id FROM Integration_Configuration__c');
const make = async (fields: object) => {
  const made = await world.salesforce('POST', '/sobjects/Sync_Request__c', fields);
  const id = (made.body as { id: string }).id;
  for (let n = 0; n < 100; n += 1) {
    const [row] = await world.query(`SELECT Status__c, Result__c, Error_Code__c, Result_Data__c FROM Sync_Request__c WHERE Id = '${id}'`);
    if (row?.['Status__c'] === 'DONE' || row?.['Status__c'] === 'FAILED') return console.log(JSON.stringify(fields), '->', row);
    await new Promise((r) => setTimeout(r, 200));
  }
  console.log('NEVER DONE', fields);
};
await make({ Type__c: 'SYNC_NOW', Integration__c: integration?.['Id'] });
await make({ Type__c: 'DRY_RUN' });
await make({ Type__c: 'PREVIEW_FILTER', Account_Filter__c: 'currency == USD' });
await make({ Type__c: 'PREVIEW_FILTER', Account_Filter__c: 'currency = USD' });
await make({ Type__c: 'TEST_CREDENTIAL' });
agent.process.kill('SIGTERM');
console.log((await agent.ended).code);
await world.close();
