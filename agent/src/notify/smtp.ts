import type { MailSettings } from '../config/load.ts';
import type { Mail } from './notice.ts';

/** Sends a mail by SMTP. */
export type SendBySmtp = (addresses: readonly string[], mail: Mail) => Promise<void>;

/** Mail by SMTP was refused, or the server cannot be reached. The message names no address. */
export class MailError extends Error {
  override readonly name = 'MailError';
}

const TIMEOUT_MS = 30_000;
const LOCAL_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Mail through the server of SMTP_URL. */
export function smtpSender(settings: MailSettings): SendBySmtp {
  return async (addresses, { subject, body }) => {
    // Loaded when it is needed: an agent that tells nobody by SMTP starts sooner.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(transportOptions(settings));
    try {
      await transport.sendMail({ from: settings.from, to: [...addresses], subject, text: body });
    } catch (error) {
      throw new MailError(`SMTP failed: ${reasonOf(error)}. Check SMTP_URL and SMTP_FROM.`);
    } finally {
      transport.close();
    }
  };
}

/** Encrypted, except to this machine. */
export function transportOptions({ url }: Pick<MailSettings, 'url'>) {
  const isLocal = LOCAL_HOSTS.has(new URL(url).hostname);
  return {
    url,
    requireTLS: !isLocal,
    ignoreTLS: isLocal,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The words of the server may hold addresses, so that only codes are told. */
function reasonOf(error: unknown): string {
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown };
  const parts = [code, responseCode, command].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.join(' ') || 'no reason given';
}
