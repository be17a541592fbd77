/** Made by the build out of the source folders' app, tabs, flexipages and components. */
declare module '@workbench/pages' {
  import type { LightningElement } from 'lwc';
  /** What the names of the package begin with: empty, or its namespace with two underscores. */
  export const prefix: string;
  export const app: import('../model.ts').AppModel;
  export const pages: Array<import('../model.ts').PageModel>;
  export const layouts: Array<import('../model.ts').LayoutModel>;
  /** Constructors of own components that a page names, by bundle name; a missing bundle has no entry. */
  export const components: Record<string, typeof LightningElement>;
}
