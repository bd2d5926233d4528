import { freshId, type Hub } from '../hub.ts';
import { deploymentJson, deploymentStatusJson } from '../render/deployment.ts';
import type { Deployment, DeploymentStatus } from '../run-state.ts';
import type { Account } from '../state.ts';

export type NewDeployment = Pick<Deployment, 'ref' | 'sha' | 'task' | 'environment' | 'description' | 'payload'>;

export function createDeployment(hub: Hub, actor: Account, wish: NewDeployment): Deployment {
  const deployment: Deployment = {
    ...wish,
    ...{ id: freshId(hub), creator: actor, createdAt: hub.clock.now(), statuses: [] },
  };
  hub.state.deployments.push(deployment);
  hub.emit('deployment', 'created', actor, {
    deployment: deploymentJson(hub, deployment),
    workflow: null,
    workflow_run: null,
  });
  return deployment;
}

type NewStatus = Pick<DeploymentStatus, 'state' | 'description' | 'logUrl' | 'environmentUrl'>;

/** A deployment that succeeded makes those before it in its environment inactive, without a webhook of their own. */
export function addDeploymentStatus(
  hub: Hub,
  actor: Account,
  deployment: Deployment,
  wish: NewStatus,
): DeploymentStatus {
  const add = (to: Deployment, what: NewStatus): DeploymentStatus => {
    const status = { ...what, id: freshId(hub), creator: actor, createdAt: hub.clock.now() };
    to.statuses.push(status);
    return status;
  };
  if (wish.state === 'success')
    for (const other of hub.state.deployments)
      if (other.environment === deployment.environment && other.statuses.at(-1)?.state === 'success')
        add(other, { state: 'inactive', description: '', logUrl: '', environmentUrl: '' });
  const status = add(deployment, wish);
  hub.emit('deployment_status', 'created', actor, {
    deployment_status: deploymentStatusJson(hub, deployment, status),
    deployment: deploymentJson(hub, deployment),
    check_run: null,
    workflow: null,
    workflow_run: null,
  });
  return status;
}
