import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { FactSource, Learning, MergeMethod } from './fact.ts';
import type { Required } from './merge-facts.ts';

const checks = z.object({
  contexts: z.array(z.string()),
  checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })).optional(),
});
const branchShape = z.object({
  protected: z.boolean(),
  protection: z.object({ required_status_checks: checks.nullish() }).nullish(),
});
const ruleShape = z.object({
  type: z.string(),
  parameters: z
    .looseObject({
      required_status_checks: z
        .array(z.object({ context: z.string(), integration_id: z.number().nullish() }))
        .optional(),
      strict_required_status_checks_policy: z.boolean().optional(),
      allowed_merge_methods: z.array(z.string()).optional(),
    })
    .nullish(),
});
const rulesShape = z.array(ruleShape);
const queueShape = z.object({ isMergeQueueEnabled: z.boolean().default(false) });

type Rule = z.output<typeof ruleShape>;

const perPage = 100;
const mostPages = 5;
const methods = ['merge', 'squash', 'rebase'] as const satisfies MergeMethod[];

// GitHub writes -1 for "any App".
const pinned = (app: number | null | undefined) => (app === undefined || app === null || app < 0 ? null : app);

/** For saying what a merge waits for; before a merge it is asked again. */
const maxAge = 600_000;

async function rulesOf(branch: string, { read, fresh }: Learning): Promise<Rule[] | null> {
  const rules: Rule[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const params = { branch, per_page: perPage, page };
    const answer = await read.get('GET /repos/{owner}/{repo}/rules/branches/{branch}', params, fresh ? 0 : maxAge);
    if (answer === null) return null;
    const seen = shaped(rulesShape, answer, `the rules of ${branch}`);
    rules.push(...seen);
    if (seen.length < perPage) return rules;
  }
  return null;
}

function methodsIn(rules: readonly Rule[]): readonly MergeMethod[] {
  return methods.filter((method) =>
    rules.every(({ type, parameters }) => {
      if (type === 'required_linear_history') return method !== 'merge';
      return parameters?.allowed_merge_methods?.includes(method) ?? true;
    }),
  );
}

function together(protection: z.output<typeof checks> | null, rules: readonly Rule[], queued: boolean): Required {
  const classic = protection?.checks?.map(({ context, app_id }) => ({ name: context, app: pinned(app_id) }));
  const plain = protection?.contexts.map((name) => ({ name, app: null }));
  const ruled = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
  const all = [
    ...(classic ?? plain ?? []),
    ...ruled.map(({ context, integration_id }) => ({ name: context, app: pinned(integration_id) })),
  ];
  return {
    contexts: [...new Map(all.map((one) => [JSON.stringify(one), one])).values()],
    strict: rules.some(({ parameters }) => parameters?.strict_required_status_checks_policy === true),
    queue: queued || rules.some(({ type }) => type === 'merge_queue'),
    methods: methodsIn(rules),
  };
}

async function read(base: string, learning: Learning): Promise<Required | null> {
  const age = learning.fresh ? 0 : maxAge;
  const answer = await learning.read.get('GET /repos/{owner}/{repo}/branches/{branch}', { branch: base }, age);
  const branch = answer === null ? null : shaped(branchShape, answer, `the branch ${base}`);
  const rules = branch && (await rulesOf(base, learning));
  // A protected branch that does not say what it protects is one whose protection we do not know.
  if (!branch || !rules || (branch.protected && !branch.protection)) return null;
  // A queue of the older kind of protection is in no list of rules.
  const { isMergeQueueEnabled: queued } = shaped(queueShape, learning.answer.thread, 'the merge queue');
  return together(branch.protection?.required_status_checks ?? null, rules, queued);
}

/** What the base asks of whatever lands on it; null where it cannot be read. */
export async function requiredOn(learning: Learning): Promise<Required | null> {
  const base = learning.known.pull?.base;
  try {
    return base === undefined ? null : await read(base, learning);
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'forbidden') return null;
    throw error;
  }
}

export default {
  permissions: () => ({ metadata: 'read', contents: 'read' }),
  select: () => ({ pull: 'isMergeQueueEnabled' }),
  // Read whenever a merge is thought about; a change of protection alone merges nothing.
  changedBy: [],
  learn(learning) {
    const { pull, thread } = learning.known;
    return pull && thread?.state === 'open' && !pull.draft ? requiredOn(learning) : null;
  },
} satisfies FactSource<'required'>;
