import { LightningElement } from 'lwc';
import { APPEARANCES, chooseAppearance, chosenAppearance } from '../../platform/appearance.ts';
import type { Appearance } from '../../platform/appearance.ts';
import { session } from '../../platform/session.ts';

const LANGUAGE = 'language:';
const APPEARANCE = 'appearance:';
const APPEARANCE_LABELS: Record<Appearance, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** The bar at the top: says that this is a sandbox, and switches the user, the language, and light or dark. */
export default class GlobalHeader extends LightningElement {
  userName = session.user.name;
  private appearance = chosenAppearance();

  get users(): Array<{ alias: string; name: string; isCurrent: boolean }> {
    return session.users.map(({ alias, name }) => ({ alias, name, isCurrent: alias === session.user.alias }));
  }

  get menuText(): string {
    return `Signed in as ${this.userName}. Switch user`;
  }

  get appearances(): Array<{ value: string; label: string; isCurrent: boolean }> {
    return APPEARANCES.map((appearance) => ({
      value: APPEARANCE + appearance,
      label: APPEARANCE_LABELS[appearance],
      isCurrent: appearance === this.appearance,
    }));
  }

  get languages(): Array<{ value: string; label: string; isCurrent: boolean }> {
    return session.languages.map((language) => ({
      value: LANGUAGE + language,
      label: new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language,
      isCurrent: language === session.language,
    }));
  }

  async handleSelect(event: CustomEvent<{ value: string }>): Promise<void> {
    const { value } = event.detail;
    const appearance = APPEARANCES.find((one) => value === APPEARANCE + one);
    if (appearance !== undefined) {
      this.appearance = appearance;
      chooseAppearance(appearance);
      return;
    }
    if (value.startsWith(LANGUAGE)) {
      location.search = new URLSearchParams({ language: value.slice(LANGUAGE.length) }).toString();
      return;
    }
    await fetch('/workbench/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ alias: value }),
    });
    // Permissions differ per user: nothing that was read as the other one may stay on the page.
    location.reload();
  }
}
