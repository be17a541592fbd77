import { LightningElement } from 'lwc';
import { session } from '../../platform/session.ts';

/** The bar at the top: says that this is a sandbox, and switches the user. */
export default class GlobalHeader extends LightningElement {
  userName = session.user.name;

  get users(): Array<{ alias: string; name: string; isCurrent: boolean }> {
    return session.users.map(({ alias, name }) => ({ alias, name, isCurrent: alias === session.user.alias }));
  }

  get menuText(): string {
    return `Signed in as ${this.userName}. Switch user`;
  }

  async handleSelect(event: CustomEvent<{ value: string }>): Promise<void> {
    await fetch('/workbench/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ alias: event.detail.value }),
    });
    // Permissions differ per user: nothing that was read as the other one may stay on the page.
    location.reload();
  }
}
