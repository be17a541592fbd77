/** `lightning/uiRecordApi` over the local org's UI API. */
import type { WireAdapterConstructor } from 'lwc';
import type {
  FetchResponse,
  FieldId,
  FieldValue,
  GetRecordConfig,
  RecordInput,
  RecordRepresentation,
  WireResult,
} from 'lightning/uiRecordApi';
import { orgChanged } from '../changes.ts';
import { dataAdapter } from '../dataAdapter.ts';
import { callOrg } from '../org.ts';

const RECORDS = '/ui-api/records';

const qualified = (field: FieldId | string): string =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

const RecordAdapter = dataAdapter<GetRecordConfig, WireResult<RecordRepresentation>>({
  empty: { data: undefined, error: undefined },
  isReady: ({ recordId, fields, optionalFields }) =>
    Boolean(recordId) && Boolean(fields?.length || optionalFields?.length),
  async load({ recordId = '', fields = [], optionalFields = [] }) {
    const query = new URLSearchParams();
    if (fields.length > 0) query.set('fields', fields.map(qualified).join(','));
    if (optionalFields.length > 0) query.set('optionalFields', optionalFields.map(qualified).join(','));
    try {
      const data = await callOrg<RecordRepresentation>('GET', `${RECORDS}/${recordId}?${query.toString()}`);
      return { data, error: undefined };
    } catch (error) {
      return { data: undefined, error: error as FetchResponse };
    }
  },
});
export const getRecord = RecordAdapter as unknown as WireAdapterConstructor<
  GetRecordConfig,
  WireResult<RecordRepresentation>
>;

/** The field a path such as `Bill__c.Account__r.Name` leads to; undefined when the record does not hold it. */
function fieldOf(record: RecordRepresentation | undefined, field: FieldId | string): FieldValue | undefined {
  const [, ...names] = qualified(field).split('.');
  const last = names.pop();
  let at: RecordRepresentation | null | undefined = record;
  for (const name of names) at = at?.fields[name]?.value as RecordRepresentation | null | undefined;
  return last === undefined ? undefined : at?.fields[last];
}

export const getFieldValue = (record: RecordRepresentation | undefined, field: FieldId | string): unknown =>
  fieldOf(record, field)?.value;

export const getFieldDisplayValue = (
  record: RecordRepresentation | undefined,
  field: FieldId | string,
): string | null | undefined => fieldOf(record, field)?.displayValue;

export async function updateRecord({ fields }: RecordInput): Promise<RecordRepresentation> {
  const { Id, ...changed } = fields;
  const record = await callOrg<RecordRepresentation>('PATCH', `${RECORDS}/${String(Id)}`, { fields: changed });
  orgChanged();
  return record;
}

export async function createRecord(input: RecordInput & { apiName: string }): Promise<RecordRepresentation> {
  const record = await callOrg<RecordRepresentation>('POST', RECORDS, input);
  orgChanged();
  return record;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await callOrg('DELETE', `${RECORDS}/${recordId}`);
  orgChanged();
}

export function notifyRecordUpdateAvailable(_items: Array<{ recordId: string }>): Promise<void> {
  orgChanged();
  return Promise.resolve();
}
