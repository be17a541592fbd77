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
  /** The items of its utility bar. */
  utilities: ComponentInstance[];
}

/** How the pages of an object without a component of its own are laid out. */
export interface LayoutModel {
  object: string;
  /** The page layout: one or two columns of fields under a heading. */
  sections: Array<{ label: string; columns: string[][] }>;
  /** The fields of the compact layout, the first one the name. */
  highlights: string[];
}

export interface ShellMetadata {
  app: AppModel;
  pages: PageModel[];
  /** At most one of each object. */
  layouts: LayoutModel[];
}

/** What the workbench says in a language other than the sources'. */
export interface Words {
  /** The app's name; the sources' own without a translation. */
  app?: string;
  /** Custom labels by name. */
  labels: Record<string, string>;
  /** Tabs by API name; a tab of an object is called by the object's plural name. */
  tabs: Record<string, string>;
}
