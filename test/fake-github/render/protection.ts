import { app, fullName, type Hub } from '../hub.ts';
import { rulesetsFor } from '../protection.ts';
import type { BranchRules, RequiredCheck, Ruleset } from '../branch-state.ts';
import { apiRepo, nodeId, webRepo } from './account.ts';

const appNumber = (hub: Hub, { app: slug }: RequiredCheck): number | null => (slug === null ? null : app(hub, slug).id);

/** What `GET …/branches/{branch}` tells everybody: the names and Apps, not whether it is strict. */
export function protectionSummary(hub: Hub, branch: string): Record<string, unknown> {
  const rules = hub.state.protections.get(branch);
  const required = rules?.checks ?? [];
  return {
    enabled: rules !== undefined,
    required_status_checks: {
      enforcement_level: required.length > 0 ? 'non_admins' : 'off',
      contexts: required.map(({ name }) => name),
      checks: required.map((one) => ({ context: one.name, app_id: appNumber(hub, one) })),
    },
  };
}

/** The whole protection, for those who administer the repository. */
export function protectionJson(hub: Hub, branch: string, rules: BranchRules): Record<string, unknown> {
  const url = `${apiRepo(hub)}/branches/${branch}/protection`;
  const switched = (enabled: boolean) => ({ enabled });
  const checks = {
    url: `${url}/required_status_checks`,
    strict: rules.strict,
    contexts: rules.checks.map(({ name }) => name),
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: rules.checks.map((one) => ({ context: one.name, app_id: appNumber(hub, one) })),
  };
  const reviews = {
    url: `${url}/required_pull_request_reviews`,
    dismiss_stale_reviews: false,
    require_code_owner_reviews: false,
    require_last_push_approval: false,
    required_approving_review_count: rules.approvals,
  };
  return {
    url,
    ...(rules.checks.length > 0 || rules.strict ? { required_status_checks: checks } : {}),
    ...(rules.approvals > 0 ? { required_pull_request_reviews: reviews } : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: false },
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    required_linear_history: switched(rules.linear),
    allow_force_pushes: switched(false),
    allow_deletions: switched(false),
    block_creations: switched(false),
    required_conversation_resolution: switched(false),
    lock_branch: switched(false),
    allow_fork_syncing: switched(false),
  };
}

const everyMethod = 3;

function pullRequestRule({ approvals, methods }: BranchRules) {
  const parameters = {
    required_approving_review_count: approvals,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
    allowed_merge_methods: methods,
  };
  return { type: 'pull_request', parameters };
}

function checksRule(hub: Hub, { checks, strict }: BranchRules) {
  const required = checks.map((one) => {
    const integration = appNumber(hub, one);
    return { context: one.name, ...(integration === null ? {} : { integration_id: integration }) };
  });
  const parameters = {
    strict_required_status_checks_policy: strict,
    do_not_enforce_on_create: false,
    required_status_checks: required,
  };
  return { type: 'required_status_checks', parameters };
}

export const queueParameters = {
  check_response_timeout_minutes: 60,
  grouping_strategy: 'ALLGREEN',
  max_entries_to_build: 5,
  max_entries_to_merge: 5,
  merge_method: 'MERGE',
  min_entries_to_merge: 1,
  min_entries_to_merge_wait_minutes: 5,
};

/** The rules of one ruleset as GitHub writes them. */
export function ruleList(hub: Hub, rules: BranchRules): { type: string; parameters?: object }[] {
  const asksForPull = rules.approvals > 0 || rules.methods.length < everyMethod;
  return [
    ...(asksForPull ? [pullRequestRule(rules)] : []),
    ...(rules.checks.length > 0 || rules.strict ? [checksRule(hub, rules)] : []),
    ...(rules.linear ? [{ type: 'required_linear_history' }] : []),
    ...(rules.queue ? [{ type: 'merge_queue', parameters: queueParameters }] : []),
  ];
}

/**
 * What `GET …/rules/branches/{branch}` lists: rulesets only. Protection of the older kind is not in it, but for the merge
 * methods of a scenario, which it could not say.
 */
export function activeRules(hub: Hub, branch: string): Record<string, unknown>[] {
  const source = { ruleset_source_type: 'Repository', ruleset_source: fullName(hub) };
  const rulesets: readonly (BranchRules & Pick<Ruleset, 'id'>)[] = rulesetsFor(hub, branch);
  const protection = hub.state.protections.get(branch);
  const methods =
    protection && protection.methods.length < everyMethod
      ? [{ ...pullRequestRule({ ...protection, approvals: 0 }), ...source, ruleset_id: 0 }]
      : [];
  const listed = rulesets.flatMap((one) =>
    ruleList(hub, one).map((rule) => ({ ...rule, ...source, ruleset_id: one.id })),
  );
  return [...methods, ...listed];
}

export function rulesetJson(hub: Hub, ruleset: Ruleset, whole: boolean): Record<string, unknown> {
  const { id, name, branches } = ruleset;
  const conditions = { ref_name: { include: branches.map((one) => `refs/heads/${one}`), exclude: [] } };
  const url = `${apiRepo(hub)}/rulesets/${id}`;
  return {
    id,
    name,
    target: 'branch',
    source_type: 'Repository',
    source: fullName(hub),
    enforcement: 'active',
    node_id: nodeId('RRS', id),
    _links: { self: { href: url }, html: { href: `${webRepo(hub)}/rules/${id}` } },
    ...(whole ? { conditions, rules: ruleList(hub, ruleset) } : {}),
  };
}
