import type { Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { errorResponse, notFound } from './message.ts';
import type { ApiCall, ApiRequest, ApiResponse, Handler } from './message.ts';

/** A method and a path below the version, such as `GET sobjects/:object/:id`; earlier routes win. */
export type Routes = Record<string, Handler>;

interface Route {
  method: string;
  pattern: string;
  segments: string[];
  handler: Handler;
}

/** Finds the handler of a data API request; the same for HTTP requests and for those inside composite requests. */
export class Router {
  private readonly org: Org;
  private readonly routes: Route[];

  constructor(org: Org, routes: Routes) {
    this.org = org;
    this.routes = Object.entries(routes).map(([key, handler]) => {
      const [method = '', pattern = ''] = key.split(' ');
      return { method, pattern, segments: pattern === '' ? [] : pattern.split('/'), handler };
    });
  }

  /** The pattern a path falls under, for statistics; undefined for no resource. */
  patternOf(path: string[]): string | undefined {
    return this.routes.find((route) => match(route, path))?.pattern;
  }

  /** Answers a request; what the org refuses becomes an error answer, other errors are thrown. */
  dispatch(request: ApiRequest, options: { allOrNone?: boolean } = {}): ApiResponse {
    try {
      const { route, params } = this.find(request);
      const call: ApiCall = {
        org: this.org,
        request,
        params,
        dispatch: (inner, innerOptions) => this.dispatch(inner, innerOptions),
        allOrNone: options.allOrNone ?? false,
      };
      return route.handler(call);
    } catch (error) {
      return errorResponse(error);
    }
  }

  private find({ method, path }: ApiRequest): { route: Route; params: Record<string, string> } {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const allowed: string[] = [];
    for (const route of this.routes) {
      const params = match(route, path);
      if (!params) continue;
      if (route.method === wanted) return { route, params };
      allowed.push(route.method);
    }
    if (allowed.length === 0) throw notFound();
    const methods = [...new Set(allowed)].join(',');
    throw new OrgError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${methods}`, {
      status: 405,
    });
  }
}

function match({ segments }: Route, path: string[]): Record<string, string> | undefined {
  if (segments.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = path[index] as string;
    if (segment.startsWith(':')) params[segment.slice(1)] = given;
    else if (segment.toLowerCase() !== given.toLowerCase()) return undefined;
  }
  return params;
}
