import type { Route } from '../call.ts';
import type { RateLimit } from '../rate-limit.ts';
import { allRoutes } from '../routes/all-routes.ts';
import type { Tokens } from '../tokens.ts';
import type { Webhooks } from '../webhooks.ts';
import { aliases, undescribed } from './exceptions.ts';
import { operationOf } from './rest-proof.ts';

/** The routes of the fake; they are only listed here, so nothing stands behind them. */
export const listedRoutes = (): readonly Route[] => allRoutes({} as Tokens, {} as Webhooks, {} as RateLimit);

export const routeName = ({ method, template }: Route): string => `${method} ${template}`;

/** What GitHub's description calls a route; `null` when it does not know it. */
export function verdictOn(route: string): string | null {
  const outside = undescribed[route];
  if (outside !== undefined) return `not in OpenAPI: ${outside}`;
  const operation = operationOf(route)?.operationId;
  const alias = aliases[route];
  if (operation === undefined) return null;
  return alias ? `\`${operation}\`: ${alias.why}` : `\`${operation}\``;
}

const head = `# Routes of the fake

Every route the fake GitHub answers, what [GitHub's OpenAPI description](https://github.com/github/rest-api-description)
calls it, and the right a caller needs. Requests to it and answers of it are checked against that operation in every
test and scenario. Written by \`npm run generate\`.

| route | operation | needs |
| --- | --- | --- |
`;

/** The text of ROUTES.md. */
export function routesPage(): string {
  const rows = listedRoutes()
    .toSorted((a, b) => a.template.localeCompare(b.template, 'en') || a.method.localeCompare(b.method, 'en'))
    .map((route) => {
      const name = routeName(route);
      return `| \`${name}\` | ${verdictOn(name) ?? 'unknown to GitHub'} | ${route.need.replaceAll('|', ' or ')} |`;
    });
  return `${head}${rows.join('\n')}\n`;
}
