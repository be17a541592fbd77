import type { FastifyRequest } from 'fastify';

const COOKIE = 'workbench-language';

/** The language that `?language=` asks for, else the one that the cookie keeps; undefined for one that nobody has. */
export function chosenLanguage(request: FastifyRequest, known: readonly string[]): string | undefined {
  const asked = (request.query as { language?: unknown }).language;
  const kept = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
  return [asked, kept].find((one): one is string => typeof one === 'string' && known.includes(one));
}

/** From where a language is read. */
export const directionOf = (language: string): 'ltr' | 'rtl' => (/^(?:ar|he|fa|ur)\b/.test(language) ? 'rtl' : 'ltr');

/** The cookie that keeps a language for the pages that follow. */
export const languageCookie = (language: string): string => `${COOKIE}=${language}; Path=/; HttpOnly; SameSite=Strict`;
