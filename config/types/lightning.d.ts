// The platform modules that no npm package types.
declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface FieldId {
    fieldApiName: string;
    objectApiName: string;
  }
  export interface FieldValue {
    displayValue: string | null;
    value: unknown;
  }
  export interface RecordRepresentation {
    apiName: string;
    id: string;
    fields: Record<string, FieldValue>;
    recordTypeId?: string | null;
    lastModifiedDate?: string;
  }
  export interface FetchResponse {
    body: unknown;
    ok: boolean;
    status: number;
    statusText: string;
  }
  export type WireResult<T> =
    { data: T; error: undefined } | { data: undefined; error: FetchResponse } | { data: undefined; error: undefined };
  export type GetRecordConfig = {
    recordId?: string;
    fields?: ReadonlyArray<FieldId | string>;
    optionalFields?: ReadonlyArray<FieldId | string>;
  };
  export const getRecord: WireAdapterConstructor<GetRecordConfig, WireResult<RecordRepresentation>>;
  export function getFieldValue(record: RecordRepresentation | undefined, field: FieldId | string): unknown;
  export function getFieldDisplayValue(
    record: RecordRepresentation | undefined,
    field: FieldId | string,
  ): string | null | undefined;
  export interface RecordInput {
    apiName?: string;
    fields: Record<string, unknown>;
  }
  export function updateRecord(input: RecordInput): Promise<RecordRepresentation>;
  export function createRecord(input: RecordInput & { apiName: string }): Promise<RecordRepresentation>;
  export function deleteRecord(recordId: string): Promise<void>;
  export function notifyRecordUpdateAvailable(items: Array<{ recordId: string }>): Promise<void>;
}
declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface GraphQLError {
    message: string;
    paths?: unknown[];
    locations?: unknown[];
  }
  export interface GraphQLResult<T = unknown> {
    data: T | undefined;
    errors: GraphQLError[] | undefined;
    refresh?: () => Promise<void>;
  }
  export type GraphQLConfig = { query?: unknown; variables?: Record<string, unknown>; operationName?: string };
  export function gql(literals: TemplateStringsArray, ...subs: unknown[]): unknown;
  // The value's shape is decided by the query text, which no type can see.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const graphql: WireAdapterConstructor<GraphQLConfig, GraphQLResult<any>>;
  export function executeMutation<T = unknown>(c: {
    query: unknown;
    variables?: Record<string, unknown>;
  }): Promise<GraphQLResult<T>>;
}
declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';
  export interface PageReference {
    type: string;
    attributes: Record<string, unknown>;
    state?: Record<string, string>;
  }
  export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference>;
  interface NavigationInstance {
    [NavigationMixin.Navigate](ref: PageReference, replace?: boolean): void;
    [NavigationMixin.GenerateUrl](ref: PageReference): Promise<string>;
  }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Ctor<T> = new (...args: any[]) => T;
  export const NavigationMixin: {
    <T extends Ctor<LightningElement>>(Base: T): T & Ctor<NavigationInstance>;
    readonly Navigate: unique symbol;
    readonly GenerateUrl: unique symbol;
  };
}
declare module 'lightning/platformShowToastEvent' {
  export interface ToastInit {
    title: string;
    message?: string;
    messageData?: unknown[];
    variant?: 'info' | 'success' | 'warning' | 'error';
    mode?: 'dismissible' | 'pester' | 'sticky';
  }
  export class ShowToastEvent extends CustomEvent<ToastInit> {
    constructor(init: ToastInit);
  }
}
/** https://developer.salesforce.com/docs/service/api-console/guide/sforce-api-console-lwc-updateutility.html */
declare module 'lightning/platformUtilityBarApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface UtilityAttributes {
    label?: string;
    /** An icon of the `utility` category, without its name. */
    icon?: string;
    iconVariant?: 'success' | 'warning' | 'error';
    highlighted?: boolean;
  }
  export const EnclosingUtilityId: WireAdapterConstructor<Record<string, never>, string | null>;
  export function updateUtility(utilityId: string, attributes: UtilityAttributes): Promise<boolean>;
}
