import type { Route } from '../call.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Tokens } from '../tokens.ts';
import type { Webhooks } from '../webhooks.ts';
import { actionRoutes } from './actions.ts';
import { appRoutes } from './app.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { contentRoutes } from './contents.ts';
import { deploymentRoutes } from './deployments.ts';
import { gitRoutes } from './git.ts';
import { graphqlRoute } from './graphql.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { peopleRoutes } from './people.ts';
import { protectionRoutes } from './protection.ts';
import { manifestRoutes } from './manifest.ts';
import { pullRoutes } from './pulls.ts';
import { releaseRoutes } from './releases.ts';
import { searchRoutes } from './search.ts';

export function allRoutes(tokens: Tokens, webhooks: Webhooks, limit: RateLimit): Route[] {
  return [
    ...appRoutes(tokens, webhooks, limit),
    ...actionRoutes,
    ...deploymentRoutes,
    ...manifestRoutes,
    ...issueRoutes,
    ...commentRoutes,
    ...labelRoutes,
    ...peopleRoutes,
    ...protectionRoutes,
    ...pullRoutes,
    ...gitRoutes,
    ...contentRoutes,
    ...checkRoutes,
    ...releaseRoutes,
    ...searchRoutes,
    graphqlRoute(limit),
  ];
}
