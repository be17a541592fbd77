import type { FastifyInstance } from 'fastify';

/** Learns every route, so that a wrong method can be told from a wrong path. */
export function allowedMethods(app: FastifyInstance): (path: string) => string[] {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
  let patterns: { pattern: RegExp; allowed: Set<string> }[] | undefined;
  return (path) => {
    patterns ??= [...methods].map(([url, allowed]) => ({ pattern: patternOf(url), allowed }));
    const fitting = patterns.filter(({ pattern }) => pattern.test(path)).flatMap(({ allowed }) => [...allowed]);
    return [...new Set(fitting)].sort();
  };
}

/** `/a/:id/b` as a pattern. */
function patternOf(url: string): RegExp {
  const literal = (part: string): string => part.replace(/[^A-Za-z0-9_-]/g, String.raw`\$&`);
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : literal(part)));
  return new RegExp(`^${parts.join('/')}$`);
}
