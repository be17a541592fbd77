/** What the app shell shows, as the source folders describe it. */
export interface ComponentInstance {
  /** As the flexipage writes it: `billList`, `c:billList` or `force:detailPanel`. */
  name: string;
  properties: Record<string, string>;
}

export interface PageModel {
  name: string;
  label: string;
  type: string;
  /** API name of the object of a record page. */
  object?: string;
  regions: Array<{ name: string; components: ComponentInstance[] }>;
}

export interface TabModel {
  apiName: string;
  label: string;
  /** Icon name for lightning-icon. */
  icon: string;
  /** What the tab opens: a flexipage by name, or the list of an object. */
  page?: string;
  object?: string;
}

export interface AppModel {
  label: string;
  tabs: TabModel[];
}

export interface ShellMetadata {
  app: AppModel;
  pages: PageModel[];
}
