import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { lastMonths } from 'c/dates';
import { LABELS } from './labels';
import { productsOf, topProducts } from './products';
import type { TopProduct } from './products';
import { PRODUCTS_QUERY } from './productsQuery';
import type { ProductsData } from './productsQuery';

const MONTHS = 12;
/** The most groups that one answer holds. */
const MOST_GROUPS = 2000;

/** The products for which an Account was billed most in the last twelve months; nothing while there are none. */
export default class TopProducts extends LightningElement {
  /** The Account. */
  @api recordId: string | undefined;

  labels = LABELS;
  products: TopProduct[] = [];
  errors: unknown;
  private since = `${lastMonths(MONTHS, new Date())[0] ?? ''}-01`;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredProducts({ data, errors }: GraphQLResult<ProductsData>): void {
    if (!data && !errors) return;
    this.errors = errors;
    if (data && !errors)
      this.products = topProducts(data.uiapi.aggregate.lines.edges.map(({ node }) => node.aggregate));
  }

  /** Undefined, so that nothing is asked, until the record is known. */
  get query(): unknown {
    return this.recordId ? PRODUCTS_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { products: productsOf(this.recordId ?? '', this.since), first: MOST_GROUPS };
  }

  get hasProducts(): boolean {
    return !this.errors && this.products.length > 0;
  }
}
