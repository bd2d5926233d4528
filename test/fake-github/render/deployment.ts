import { iso, type Hub } from '../hub.ts';
import type { Deployment, DeploymentStatus } from '../run-state.ts';
import { apiRepo, nodeId, userJson } from './account.ts';

const urlOf = (hub: Hub, { id }: Deployment): string => `${apiRepo(hub)}/deployments/${id}`;

export function deploymentJson(hub: Hub, deployment: Deployment): Record<string, unknown> {
  const { id, sha, ref, task, environment, description, payload, creator, createdAt, statuses } = deployment;
  return {
    url: urlOf(hub, deployment),
    id,
    node_id: nodeId('DE', id),
    sha,
    ref,
    task,
    payload,
    original_environment: environment,
    environment,
    description,
    creator: userJson(hub, creator),
    created_at: iso(createdAt),
    updated_at: iso(statuses.at(-1)?.createdAt ?? createdAt),
    statuses_url: `${urlOf(hub, deployment)}/statuses`,
    repository_url: apiRepo(hub),
    transient_environment: false,
    production_environment: environment === 'production',
    performed_via_github_app: null,
  };
}

export function deploymentStatusJson(
  hub: Hub,
  deployment: Deployment,
  status: DeploymentStatus,
): Record<string, unknown> {
  const { id, state, creator, description, logUrl, environmentUrl, createdAt } = status;
  return {
    url: `${urlOf(hub, deployment)}/statuses/${id}`,
    id,
    node_id: nodeId('DES', id),
    state,
    creator: userJson(hub, creator),
    description,
    environment: deployment.environment,
    target_url: logUrl,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    deployment_url: urlOf(hub, deployment),
    repository_url: apiRepo(hub),
    environment_url: environmentUrl,
    log_url: logUrl,
    performed_via_github_app: null,
  };
}
