/** A field of a record as GraphQL gives it. */
export interface Field<T> {
  value: T | null;
}

/** A picklist field: what is stored, and what a person reads in their language. */
export interface Choice extends Field<string> {
  label?: string | null;
}

/** A page of records as GraphQL gives it. */
export interface Connection<Node> {
  edges: ReadonlyArray<{ node: Node }>;
  pageInfo?: { endCursor: string | null; hasNextPage: boolean };
  /** All records that fit the query, not only those of this page. */
  totalCount?: number;
}

/** The records of a page. */
export function nodes<Node>(connection: Connection<Node>): Node[] {
  return connection.edges.map(({ node }) => node);
}

/** The cursor of the page after this one; undefined on the last page. */
export function nextCursor(connection: Connection<unknown>): string | undefined {
  const { hasNextPage, endCursor } = connection.pageInfo ?? {};
  return hasNextPage ? (endCursor ?? undefined) : undefined;
}

/** What a person reads of a picklist field: its label, else what is stored. */
export function choiceLabel(choice: Choice | null | undefined): string {
  return choice?.label ?? choice?.value ?? '';
}
