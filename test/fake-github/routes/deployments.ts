import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { addDeploymentStatus, createDeployment } from '../changes/deployments.ts';
import { numberParam, ok, on, page, taking, type Call, type Reply, type Route } from '../call.ts';
import { contexts } from '../mergeability.ts';
import { deploymentJson, deploymentStatusJson } from '../render/deployment.ts';
import { findCommit } from '../resolve-ref.ts';
import type { Deployment } from '../run-state.ts';

const all = '/repos/{owner}/{repo}/deployments';
const one = `${all}/{deployment_id}`;

const creation = z.strictObject({
  ref: z.string(),
  task: z.string().optional(),
  auto_merge: z.boolean().optional(),
  required_contexts: z.array(z.string()).optional(),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  environment: z.string().optional(),
  description: z.string().nullable().optional(),
  transient_environment: z.boolean().optional(),
  production_environment: z.boolean().optional(),
});

/** Unless the caller says which contexts count, everything that was reported on the commit must be green. */
function create(call: Call<z.infer<typeof creation>>): Reply {
  const { hub, body } = call;
  const commit = findCommit(hub, body.ref);
  if (!commit) throw new ApiError(422, `No ref found for: ${body.ref}`);
  const state = contexts(hub, commit.sha);
  const wanted = body.required_contexts ?? [...state.keys()];
  const missing = wanted.filter((name) => state.get(name) !== 'success');
  if (missing.length > 0)
    throw new ApiError(409, `Conflict: Commit status checks failed for ${body.ref}.`, [
      { resource: 'Deployment', field: 'required_contexts', code: 'invalid' },
    ]);
  const { ref, task = 'deploy', environment = 'production', description = null, payload = {} } = body;
  const wish = { ref, sha: commit.sha, task, environment, description, payload };
  return ok(deploymentJson(hub, createDeployment(hub, call.actor, wish)), 201);
}

function find(call: Call): Deployment {
  const found = call.hub.state.deployments.find(({ id }) => id === numberParam(call, 'deployment_id'));
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

function list(call: Call): Reply {
  const fits = (key: 'sha' | 'ref' | 'task' | 'environment', one: Deployment) =>
    [null, one[key]].includes(call.query.get(key));
  const found = call.hub.state.deployments.filter(
    (each) => fits('sha', each) && fits('ref', each) && fits('task', each) && fits('environment', each),
  );
  return page(call, found.toReversed(), (each) => deploymentJson(call.hub, each));
}

const status = z.strictObject({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  target_url: z.string().optional(),
  log_url: z.string().optional(),
  description: z.string().max(140).optional(),
  environment: z.string().optional(),
  environment_url: z.string().optional(),
  auto_inactive: z.boolean().optional(),
});

export const deploymentRoutes: Route[] = [
  on(`GET ${all}`, 'deployments:read', list),
  taking(`POST ${all}`, 'deployments:write', creation, create),
  on(`GET ${one}`, 'deployments:read', (call) => ok(deploymentJson(call.hub, find(call)))),
  on(`GET ${one}/statuses`, 'deployments:read', (call) =>
    page(call, find(call).statuses.toReversed(), (each) => deploymentStatusJson(call.hub, find(call), each)),
  ),
  taking(`POST ${one}/statuses`, 'deployments:write', status, (call) => {
    const deployment = find(call);
    const { state, description = '', log_url, target_url = '', environment_url: environmentUrl = '' } = call.body;
    const wish = { state, description, logUrl: log_url ?? target_url, environmentUrl };
    const made = addDeploymentStatus(call.hub, call.actor, deployment, wish);
    return ok(deploymentStatusJson(call.hub, deployment, made), 201);
  }),
];
