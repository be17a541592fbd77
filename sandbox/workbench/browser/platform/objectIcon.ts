import { app } from '@workbench/pages';

/** The icon of an object: that of its tab, else the platform's default. */
export const objectIcon = (objectApiName: string): string =>
  app.tabs.find(({ object }) => object === objectApiName)?.icon ?? 'standard:default';
