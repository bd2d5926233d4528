import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { numberParam, ok, on, page, taking, type Call, type Reply, type Route } from '../call.ts';
import { inRepository } from '../hub.ts';
import { installationJson } from '../render/installation.ts';
import { repositoryJson } from '../render/repository.ts';
import type { Installation } from '../site.ts';
import type { State } from '../state.ts';
import type { TokenWish, Tokens } from '../tokens.ts';

const tokenWish = z.strictObject({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.string()).optional(),
});

function installationOf({ hub }: Call, id: number | null): Installation {
  const found = id === null ? undefined : hub.state.site.installations.get(id);
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

function mint(call: Call<TokenWish>, tokens: Tokens): Reply {
  const { id, suspendedAt } = installationOf(call, numberParam(call, 'installation_id'));
  if (suspendedAt !== null) throw new ApiError(403, 'This installation has been suspended');
  return ok(tokens.mint(id, call.body), 201);
}

/** What the token reaches, in the order of their numbers. */
function reachable({ hub, grant }: Call): State[] {
  return [...hub.state.site.repositories.values()].filter(
    ({ repository }) =>
      grant.installation === repository.installation && grant.repositories?.includes(repository.id) !== false,
  );
}

const shown = (call: Call, id: number | null): Reply => ok(installationJson(call.hub, installationOf(call, id)));

export function installationRoutes(tokens: Tokens): Route[] {
  return [
    on('GET /app/installations', 'app', (call) =>
      page(call, [...call.hub.state.site.installations.values()], (one) => installationJson(call.hub, one)),
    ),
    on('GET /app/installations/{installation_id}', 'app', (call) => shown(call, numberParam(call, 'installation_id'))),
    taking('POST /app/installations/{installation_id}/access_tokens', 'app', tokenWish, (call) => mint(call, tokens)),
    on('GET /repos/{owner}/{repo}/installation', 'app', (call) => shown(call, call.hub.state.repository.installation)),
    on('GET /orgs/{org}/installation', 'app', (call) => {
      const all = [...call.hub.state.site.installations.values()];
      return shown(
        call,
        all.find((one) => one.account.login.toLowerCase() === call.params['org']?.toLowerCase())?.id ?? null,
      );
    }),
    on('GET /installation/repositories', 'metadata:read', (call) =>
      page(
        call,
        reachable(call),
        (state) => repositoryJson(inRepository(call.hub, state)),
        (repositories, total_count) => ({ total_count, repository_selection: 'all', repositories }),
      ),
    ),
  ];
}
