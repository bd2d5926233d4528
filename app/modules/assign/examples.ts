import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const both = { assignee: true, reviewer: true };
const eligible = { chen: both, lin: both, zoe: both };

const assigned = (login: string, on = true): PolicyWant => ({ kind: 'assign', login, on, evenClosed: true });
const requested = (reviewer: string, on = true): PolicyWant => ({ kind: 'request-review', reviewer, on });

function asked(title: string, line: string, wants: readonly PolicyWant[], says?: string): Example {
  const [name = '', ...people] = line.split(' ');
  return {
    ...{ title: `\`/${line}\`${title}`, given: { eligible }, ...(says !== undefined && { says }) },
    command: { name, ...(people.length > 0 && { args: { people } }) },
    expect: { outcome: wants.length === 0 && says !== undefined ? 'refused' : 'done', wants },
  };
}

const ten = Array.from({ length: 9 }, (_, at) => `person-${at}`);

export const examples: readonly Example[] = [
  { title: 'nothing is judged', given: {}, expect: { verdict: 'skip', wants: [] } },
  asked(' is oneself', 'assign', [assigned('chen')]),
  asked(' names oneself and others, once each', 'assign me @lin lin', [assigned('chen'), assigned('lin')]),
  asked(
    ' names whoever cannot be',
    'assign @lin @ghost @acme/reviewers',
    [assigned('lin')],
    '`ghost`, `@acme/reviewers` cannot',
  ),
  asked(' names nobody who can be', 'assign @ghost', [], '`ghost` cannot be assigned'),
  {
    title: 'there is room for one more of two',
    given: { eligible, thread: { assignees: ten } },
    command: { name: 'assign', args: { people: ['lin', 'zoe'] } },
    says: '`zoe` did not fit: at most 10',
    expect: { outcome: 'done', wants: [assigned('lin')] },
  },
  asked(' of others', 'unassign @lin', [assigned('lin', false)]),
  asked(' is oneself', 'unassign', [assigned('chen', false)]),
  asked(' asks people and teams', 'cc @lin @acme/reviewers', [requested('lin'), requested('@acme/reviewers')]),
  asked(' is the author', 'cc @bob @lin', [requested('lin')], '`bob` is the author'),
  asked(' asks whoever has no access', 'cc ghost @other/team', [], '`ghost`, `@other/team` cannot be asked'),
  asked(' of somebody', 'uncc lin', [requested('lin', false)]),
];
