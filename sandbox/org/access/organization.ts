import { makeRecordId } from '../recordIds.ts';

/** What tells one local org from another. */
export interface OrganizationOptions {
  /** The number behind the org's id; 1 unless told. */
  number?: number;
  name?: string;
  /** An IANA name, such as `Europe/London`. */
  timeZone?: string;
  isSandbox?: boolean;
}

export const organizationId = ({ number = 1 }: OrganizationOptions): string => makeRecordId('00D', number);

/** The one Organization record. */
export function organizationRow(options: OrganizationOptions): Record<string, unknown> {
  const { name = 'Local Org', timeZone = 'Europe/London', isSandbox = true } = options;
  return {
    Id: organizationId(options),
    Name: name,
    InstanceName: 'LOCAL',
    DefaultLocaleSidKey: 'en_US',
    FiscalYearStartMonth: 1,
    IsReadOnly: false,
    IsSandbox: isSandbox,
    LanguageLocaleKey: 'en_US',
    OrganizationType: 'Developer Edition',
    TimeZoneSidKey: timeZone,
  };
}
