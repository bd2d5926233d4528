import type { Account } from './state.ts';

/** One run of a workflow; a re-run is the same run with a higher attempt. */
export interface WorkflowRun {
  readonly id: number;
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  /** As the workflow calls itself. */
  readonly name: string;
  readonly number: number;
  readonly event: string;
  readonly branch: string;
  readonly sha: string;
  readonly actor: Account;
  /** Its commit comes from a fork. */
  readonly fork: boolean;
  readonly inputs: Readonly<Record<string, string>>;
  readonly createdAt: number;
  attempt: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: number;
  updatedAt: number;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly creator: Account;
  readonly createdAt: number;
}

export interface Deployment {
  readonly id: number;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly creator: Account;
  readonly createdAt: number;
  readonly statuses: DeploymentStatus[];
}
