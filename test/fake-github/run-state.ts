import type { Account } from './state.ts';

/** One run of a workflow; a re-run is the same run with a higher attempt. */
export interface WorkflowRun {
  readonly id: number;
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  readonly number: number;
  readonly event: string;
  readonly branch: string;
  readonly sha: string;
  readonly actor: Account;
  readonly inputs: Readonly<Record<string, string>>;
  readonly createdAt: number;
  attempt: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: number;
  updatedAt: number;
}
