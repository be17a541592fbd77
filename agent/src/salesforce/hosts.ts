import { SetupError } from '../errors.ts';

const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost']);

/** Domains that Salesforce serves orgs from; an access token never goes anywhere else. */
const SALESFORCE_HOST =
  /^(?:[a-z0-9-]+\.)+(?:salesforce\.com|force\.com|cloudforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/;

export function isLocal(url: URL): boolean {
  return url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname);
}

/**
 * The origin of a Salesforce URL that the agent may send secrets to: https on a Salesforce domain, or plain http on
 * this machine.
 *
 * @param what names the URL in the error, such as `SALESFORCE_LOGIN_URL`
 * @throws {SetupError} for any other URL
 */
export function salesforceOrigin(text: string, what: string): string {
  const url = URL.parse(text);
  const isAllowed = url !== null && (isLocal(url) || (url.protocol === 'https:' && SALESFORCE_HOST.test(url.hostname)));
  if (isAllowed && url.username === '' && url.password === '') return url.origin;
  throw new SetupError(
    `${what} ${url?.host ?? JSON.stringify(text)} is not a Salesforce org. ` +
      'Give its My Domain URL (https://NAME.my.salesforce.com), or http://127.0.0.1:PORT for a local org.',
  );
}
