import '../../../../../../config/jest-mocks/labels';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const FIELD = path.resolve(__dirname, '../../../objects/Integration_Run__c/fields/Status__c.field-meta.xml');
const stored = [...readFileSync(FIELD, 'utf8').matchAll(/<fullName>([A-Z_]+)<\/fullName>/g)].map(
  (match) => match[1] ?? '',
);

describe('c/runStatus', () => {
  it('gives each of the eleven statuses that the org stores a meaning of its own', async () => {
    const { runStatusWords } = await import('c/runStatus');
    expect(stored).toHaveLength(11);
    const meanings = stored.map((status) => runStatusWords(status).meaning);
    expect(meanings).not.toContain('');
    expect(new Set(meanings).size).toBe(11);
  });

  it('takes as failed what is neither done nor goes on by itself', async () => {
    const { FAILED_STATUSES } = await import('c/runStatus');
    expect([...FAILED_STATUSES].sort()).toEqual([
      'ACCOUNTING_PERIOD_CLOSED',
      'AUTH_FAILED',
      'DISABLED',
      'ERROR',
      'INVOICE_ALREADY_PAID',
      'TIMEOUT_LIMIT_EXCEEDED',
    ]);
  });

  it('shows a status that it does not know as a failure, without a meaning', async () => {
    const { runStatusWords } = await import('c/runStatus');
    expect(runStatusWords('NEW_ONE')).toMatchObject({ variant: 'error', meaning: '', isLive: false });
  });
});
