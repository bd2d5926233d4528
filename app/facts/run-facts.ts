import type { Context, RequiredContext } from './merge-facts.ts';

/** A job of GitHub Actions, or a check run of another App. */
export interface Checked {
  readonly name: string;
  /** Of a job the number that its page has. */
  readonly id: number;
  readonly app: number | null;
  readonly state: Context['state'];
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The newest run of a workflow of GitHub Actions for one kind of event. */
export interface WorkflowRun {
  readonly id: number;
  readonly name: string;
  /** `ci.yml` */
  readonly file: string;
  readonly event: string;
  /** `waiting`: somebody has to allow it first. */
  readonly state: Context['state'] | 'waiting';
  /** When its last attempt began, ISO 8601. */
  readonly startedAt: string;
  readonly jobs: readonly Checked[];
}

/** What another App checked on the head. */
export interface Suite {
  readonly id: number;
  /** The App's name in addresses, '' where there is none any more. */
  readonly slug: string;
  /** It was asked to run again, and its App has not begun yet. */
  readonly asked: boolean;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly checks: readonly Checked[];
}

/** What ran on the head, as far as a command that waits to be heard asks for it; else nothing. */
export interface Runs {
  /** Null where GitHub does not let us see them. */
  readonly workflows: readonly WorkflowRun[] | null;
  readonly suites: readonly Suite[];
  readonly statuses: readonly Pick<Context, 'name' | 'state'>[];
  /** What the base asks for; null where that could not be read, or nobody asked for it. */
  readonly required: readonly RequiredContext[] | null;
  /** We are an App: GitHub lets nobody else ask an App to check again. */
  readonly asApp: boolean;
  /** These are all. */
  readonly complete: boolean;
}
