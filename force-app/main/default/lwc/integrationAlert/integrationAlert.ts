import { LightningElement, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { EnclosingUtilityId, updateUtility } from 'lightning/platformUtilityBarApi';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { integrationPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { LABELS } from './labels';

const DISABLED_QUERY = gql`
  query DisabledIntegrations {
    uiapi {
      query {
        integrations: Integration_Configuration__c(
          first: 50
          where: { Enabled__c: { eq: false } }
          orderBy: { Disabled_At__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              Name {
                value
              }
              reason: Disabled_Reason__c {
                value
              }
              disabledAt: Disabled_At__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;
const POLL_MS = 30_000;

interface DisabledData {
  uiapi: {
    query: {
      integrations: Connection<{
        Id: string;
        Name: Field<string>;
        reason: Field<string>;
        disabledAt: Field<string>;
      }>;
    };
  };
}

/**
 * The utility bar's item about the integrations: it changes its label and colour once one is disabled, on whatever
 * page one is, and lists which ones and why.
 */
export default class IntegrationAlert extends LightningElement {
  labels = LABELS;
  query = DISABLED_QUERY;
  errors: unknown;
  private disabled: ReturnType<typeof rowsOf> | undefined;
  private utilityId: string | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(EnclosingUtilityId)
  async wiredUtility(utilityId: string | null | undefined): Promise<void> {
    this.utilityId = utilityId ?? undefined;
    await this.tell();
  }

  @wire(graphql, { query: '$query' })
  async wiredDisabled({ data, errors, refresh }: GraphQLResult<DisabledData>): Promise<void> {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.disabled = rowsOf(data);
    await this.tell();
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get isLoading(): boolean {
    return !this.disabled && !this.errors;
  }
  get rows() {
    return this.errors ? [] : (this.disabled ?? []);
  }
  get isEmpty(): boolean {
    return !this.errors && this.disabled?.length === 0;
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  /** Salesforce shows label, icon and colour of the item; this component only its panel. */
  private async tell(): Promise<void> {
    if (this.utilityId === undefined || !this.disabled) return;
    const count = this.rows.length;
    const alarm = { icon: 'ban', iconVariant: 'error', highlighted: true } as const;
    const calm = { icon: 'sync', highlighted: false } as const;
    const label = count > 0 ? format(LABELS.disabled, formatCount(count)) : LABELS.title;
    try {
      await updateUtility(this.utilityId, { label, ...(count > 0 ? alarm : calm) });
    } catch {
      // An item that cannot be changed still tells in its panel.
    }
  }
}

function rowsOf({ uiapi }: DisabledData) {
  return nodes(uiapi.query.integrations).map(({ Id, Name, reason, disabledAt }) => ({
    id: Id,
    name: Name.value ?? '',
    reason: reason.value ?? '',
    disabledAt: disabledAt.value,
    page: integrationPage(Id),
  }));
}
