import type { ProtectionWorld, RulesetWorld } from './fake-github.ts';
import type { Hub } from './hub.ts';
import type { BranchRules, RequiredCheck, Ruleset } from './branch-state.ts';

const everyMethod = ['merge', 'squash', 'rebase'];

/** What one protection or ruleset asks for, in full. */
export function rulesFrom({ checks = [], strict, approvals, methods, linear, queue }: ProtectionWorld): BranchRules {
  const required = checks.map((one): RequiredCheck => (typeof one === 'string' ? { name: one, app: null } : one));
  return {
    checks: required,
    strict: strict ?? false,
    approvals: approvals ?? 0,
    methods: methods ?? everyMethod,
    linear: linear ?? false,
    queue: queue ?? false,
  };
}

export function rulesetFrom(id: number, { name, branches, ...rules }: RulesetWorld): Ruleset {
  return { id, name: name ?? `ruleset ${id}`, branches: branches ?? ['main'], ...rulesFrom(rules) };
}

const globbed = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**', '\0')
      .replaceAll('*', '[^/]*')
      .replaceAll('\0', '.*')}$`,
  );

export const rulesetsFor = ({ state }: Hub, branch: string): Ruleset[] =>
  state.rulesets.filter(({ branches }) => branches.some((glob) => globbed(glob).test(branch)));

/** Protection and rulesets of a branch taken together: what each of them asks for is asked for. */
export function rulesFor(hub: Hub, branch: string): BranchRules {
  const protection = hub.state.protections.get(branch);
  const all: BranchRules[] = [...(protection ? [protection] : []), ...rulesetsFor(hub, branch)];
  return {
    checks: all.flatMap(({ checks }) => checks),
    strict: all.some(({ strict }) => strict),
    approvals: Math.max(0, ...all.map(({ approvals }) => approvals)),
    methods: everyMethod.filter((method) =>
      all.every(({ methods, linear }) => methods.includes(method) && !(linear && method === 'merge')),
    ),
    linear: all.some(({ linear }) => linear),
    queue: all.some(({ queue }) => queue),
  };
}
