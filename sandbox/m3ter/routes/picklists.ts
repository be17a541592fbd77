import type { FastifyInstance } from 'fastify';
import type { Api } from '../app.ts';
import { flag, listOf, text } from '../query.ts';
import { isIn } from '../table.ts';
import type { DocumentTable } from '../table.ts';
import { resourceRoutes } from './resource.ts';

const picklist = {
  version: { type: 'integer' },
  name: { type: 'string', minLength: 1, maxLength: 200 },
  code: { type: 'string', maxLength: 80, pattern: '^[\\p{L}_$][\\p{L}_$0-9]*$' },
  archived: flag,
};
const ROUNDING = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'];
const currency = {
  ...picklist,
  maxDecimalPlaces: { type: 'integer', minimum: 0, maximum: 5 },
  roundingMode: { type: 'string', enum: ROUNDING },
};

/**
 * Lists that an Organization chooses from: currencies, and the reasons of credit and debit line items.
 *
 * Source: m3ter's OpenAPI document, Currency, Credit Reason and Debit Reason.
 */
export function picklistRoutes(app: FastifyInstance, api: Api): void {
  const { currencies, creditReasons, debitReasons } = api.store;
  const routes = (path: string, title: string, table: DocumentTable, properties: object): void => {
    resourceRoutes(app, api, {
      path: `/picklists/${path}`,
      title,
      table,
      body: { type: 'object', required: ['name'], properties, additionalProperties: false },
      complete: (body) => ({ archived: false, ...body }),
      columns: ({ code, archived }) => ({
        code: typeof code === 'string' ? code : null,
        archived: archived === true ? 1 : 0,
      }),
      filters: {
        schema: { codes: text, archived: flag },
        of: ({ codes, archived }) => [
          ...isIn('code', listOf(codes)),
          // True includes the archived ones, as for locked Bills.
          ...(String(archived) === 'true' ? [] : [{ sql: 'archived = 0', params: [] }]),
        ],
      },
    });
  };
  routes('currency', 'Currency', currencies, currency);
  routes('creditreasons', 'Credit Reason', creditReasons, picklist);
  routes('debitreasons', 'Debit Reason', debitReasons, picklist);
}
