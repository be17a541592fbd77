/** Who is signed in, as the server wrote it into the page. */
export interface SessionUser {
  alias: string;
  name: string;
}

export interface Session {
  user: SessionUser & { id: string };
  /** Everybody one can switch to. */
  users: SessionUser[];
  /** The custom tabs that the user's permission sets show, by API name. */
  tabs: string[];
  /** Salesforce's code of the language that the pages are in, such as `de`. */
  language: string;
  /** Every language one can switch to. */
  languages: string[];
}

export const session = JSON.parse(document.getElementById('session')?.textContent ?? '') as Session;
