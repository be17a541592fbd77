const KEY = 'm3ter-bills.account-card-shown';

/**
 * Remembers in this browser that the card was shown on an Account page. Nothing that a component may ask says which
 * components stand on a page, so that the card itself has to tell.
 */
export function noteCardShown(): void {
  try {
    localStorage.setItem(KEY, new Date().toISOString());
  } catch {
    // A browser that keeps nothing lets the step stay open.
  }
}

/** Whether this browser has ever shown the card. */
export function isCardShown(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
