import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExternalMapping } from '../../m3ter/resources.ts';
import type { BillState } from '../../store/types.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { configured } from '../testing.ts';
import { WaitingRoom, type WaitingRoomParts } from './waitingRoom.ts';

const mapped = (m3terId: string, externalId: string): ExternalMapping => ({
  id: externalId,
  m3terEntity: 'Account',
  m3terId,
  externalSystem: 'Salesforce',
  externalTable: 'Account',
  externalId,
});
const waits = (billId: string, m3terAccountId: string): BillState => ({
  billId,
  m3terAccountId,
  status: 'waiting',
  changeToken: '',
  rulesHash: '',
  isMatched: false,
  code: null,
  decidedAt: new Date(0),
});

function room(useExternalMappingAccountCode: boolean, states: readonly BillState[]) {
  const pushed: string[][] = [];
  const mappings: ExternalMapping[] = [];
  const integration = configured({ useExternalMappingAccountCode });
  const session = { orgId: 'org', view: { ready: [{ integration }] } } as unknown as OrgSession;
  const parts = {
    store: { states: { waiting: () => Promise.resolve(states) } },
    m3ter: {
      listExternalMappings: ({ m3terIds }: { m3terIds: string[] }) =>
        Promise.resolve(mappings.filter(({ m3terId }) => m3terIds.includes(m3terId ?? ''))),
    },
    push: (_session: unknown, _ready: unknown, ids: string[]) => Promise.resolve(void pushed.push(ids)),
  } as unknown as WaitingRoomParts;
  return { waitingRoom: new WaitingRoom(parts), session, pushed, mappings };
}

const account = (m3terAccountId: string | null, accountNumber: string | null = null) => ({
  id: '001000000000001AAA',
  m3terAccountId,
  accountNumber,
});

describe('Bills that wait', () => {
  it('are queued when an Account takes their m3ter Account id', async () => {
    const { waitingRoom, session, pushed } = room(false, [waits('a', 'one'), waits('b', 'two')]);
    await waitingRoom.onAccounts(session, [account('TWO'), account(null)], false);
    assert.deepEqual(pushed, [['b']]);
  });

  it('are queued when the Account appears to which their mapping leads', async () => {
    const { waitingRoom, session, pushed, mappings } = room(true, [waits('a', 'one'), waits('b', 'two')]);
    mappings.push(mapped('one', 'ACME-1'), mapped('two', 'ACME-2'));
    await waitingRoom.onAccounts(session, [account(null, 'ACME-2')], false);
    assert.deepEqual(pushed, [['b']]);
  });

  it('are all queued when too many Accounts changed to tell', async () => {
    const { waitingRoom, session, pushed } = room(false, [waits('a', 'one'), waits('b', 'two')]);
    await waitingRoom.onAccounts(session, [], true);
    assert.deepEqual(pushed, [['a', 'b']]);
  });

  it('are queued once when their mapping appears, and again when it changes', async () => {
    const { waitingRoom, session, pushed, mappings } = room(true, [waits('a', 'one'), waits('b', 'two')]);
    await waitingRoom.onMappings(session);
    assert.deepEqual(pushed, []);
    mappings.push(mapped('one', 'ACME-1'));
    await waitingRoom.onMappings(session);
    await waitingRoom.onMappings(session);
    assert.deepEqual(pushed, [['a']]);
    mappings[0] = mapped('one', 'ACME-9');
    await waitingRoom.onMappings(session);
    assert.deepEqual(pushed, [['a'], ['a']]);
  });

  it('are queued too when they began to wait after the mapping of their Account was seen', async () => {
    const states = [waits('a', 'one')];
    const { waitingRoom, session, pushed, mappings } = room(true, states);
    mappings.push(mapped('one', 'ACME-1'));
    await waitingRoom.onMappings(session);
    states.push(waits('b', 'one'));
    await waitingRoom.onMappings(session);
    await waitingRoom.onMappings(session);
    assert.deepEqual(pushed, [['a'], ['b']]);
  });

  it('cost no question to m3ter where no mapping is used', async () => {
    const { waitingRoom, session, pushed } = room(false, [waits('a', 'one')]);
    await waitingRoom.onMappings(session);
    assert.deepEqual(pushed, []);
  });
});
