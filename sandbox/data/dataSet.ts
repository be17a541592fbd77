import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseExact } from '../shared/exactJson.ts';
import { readIntegration } from './integrations.ts';
import { DEFAULT_INTEGRATION } from './model.ts';
import type { Account, Bill, DataSet, ExternalMapping, IntegrationSettings, SalesforceAccount } from './model.ts';

export type { DataSet } from './model.ts';

type JsonObject = Record<string, unknown>;

/** A data set that cannot be used; `problems` names file, line and reason of each. */
export class DataSetError extends Error {
  readonly problems: string[];

  constructor(folder: string, problems: string[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`The data set ${folder} has ${count}. Correct the lines, or name another folder.\n${problems.join('\n')}`);
    this.name = 'DataSetError';
    this.problems = problems;
  }
}

/**
 * Reads a data set: a folder with accounts, bills, externalmappings and salesforce-accounts as .ndjson and,
 * optionally, integrations.ndjson. Numbers stay exact. References between the files are not checked: a Bill
 * whose Account is gone is data that the agent has to live with.
 *
 * @throws {DataSetError} listing every problem of every file.
 */
export function readDataSet(folder: string): DataSet {
  const problems: string[] = [];
  const read = (file: string, check: LineCheck) => readRows(folder, file, check, problems);
  const dataSet = {
    accounts: read('accounts.ndjson', withKey('id')) as Account[],
    bills: read('bills.ndjson', checkBill()).map(withoutNullLines) as Bill[],
    externalMappings: read('externalmappings.ndjson', withKey('id')) as ExternalMapping[],
    salesforceAccounts: read('salesforce-accounts.ndjson', withKey('Id')) as SalesforceAccount[],
    integrations: readIntegrations(folder, problems),
  };
  if (problems.length > 0) throw new DataSetError(folder, problems);
  return dataSet;
}

/** Answers what is wrong with a row, in words that follow `file:line: `. */
type LineCheck = (row: JsonObject) => string[];

function readRows(folder: string, file: string, check: LineCheck, problems: string[]): JsonObject[] {
  const text = readText(folder, file, problems);
  const rows: JsonObject[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const report = (reason: string) => problems.push(`${file}:${index + 1}: ${reason}`);
    try {
      const row = parseExact(line);
      if (!isObject(row)) report('is not a JSON object.');
      else {
        check(row).forEach(report);
        rows.push(row);
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      report(`is not JSON (${error.message}).`);
    }
  }
  return rows;
}

function readText(folder: string, file: string, problems: string[]): string {
  try {
    return readFileSync(path.join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    problems.push(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    return '';
  }
}

function withKey(key: string): LineCheck {
  const seen = new Set<string>();
  return (row) => {
    const value = row[key];
    if (typeof value !== 'string' || value === '') return [`has no text in "${key}".`];
    if (seen.has(value)) return [`repeats the ${key} ${value} of an earlier line.`];
    seen.add(value);
    return [];
  };
}

function checkBill(): LineCheck {
  const checkId = withKey('id');
  return (bill) => {
    const lines = bill['lineItems'];
    const wellFormed = lines === undefined || lines === null || (Array.isArray(lines) && lines.every(isObject));
    return [...checkId(bill), ...(wellFormed ? [] : ['has "lineItems" that are not a list of objects.'])];
  };
}

/** m3ter may leave a field out or give it as null: both say that there is none. */
function withoutNullLines({ lineItems, ...bill }: JsonObject): JsonObject {
  return lineItems === null || lineItems === undefined ? bill : { ...bill, lineItems };
}

function readIntegrations(folder: string, problems: string[]): IntegrationSettings[] {
  const file = 'integrations.ndjson';
  if (!existsSync(path.join(folder, file))) return [{ ...DEFAULT_INTEGRATION }];
  const checkName = withKey('name');
  const integrations: IntegrationSettings[] = [];
  readRows(
    folder,
    file,
    (row) => {
      const { settings, problems: found } = readIntegration(row);
      integrations.push(settings);
      return [...checkName(row), ...found];
    },
    problems,
  );
  return integrations;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
