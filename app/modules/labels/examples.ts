import type { Args } from '../../commands/command.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const families = { kind: [], area: ['docs', 'ui'], priority: [] };
const options = { families, extra: ['good-thing'], exclusive: ['priority'], needs: { kind: 'needs-kind' } };
const catalogue = ['kind/bug', 'Kind/Cleanup', 'area/docs', 'area/core', 'priority/high', 'priority/low', 'good-thing'];

const label = (name: string, on: boolean): PolicyWant => ({ kind: 'label', name, on, evenClosed: true });
const needed = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'needs-kind', on, color: 'ededed' },
  description: 'Has no label of kind yet 还没有 kind 标签',
});

interface Asked {
  readonly title: string;
  readonly name: string;
  readonly names: Args['names'] & object;
  readonly labels?: readonly string[];
  readonly outcome?: 'done' | 'refused';
  readonly says?: string;
  readonly wants: readonly PolicyWant[];
}
const asked = ({ title, name, names, labels = [], outcome = 'done', says, wants }: Asked): Example => ({
  ...{ title, given: { catalogue, thread: { labels } }, options, command: { name, args: { names } } },
  ...(says !== undefined && { says }),
  expect: { outcome, wants },
});

export const examples: readonly Example[] = [
  {
    title: 'no label of a family that is needed',
    given: { thread: { labels: ['bug'] } },
    options,
    says: 'no label yet of `kind`',
    expect: { verdict: 'skip', wants: [needed(true)] },
  },
  {
    title: 'a label of the family that is needed',
    given: { thread: { labels: ['Kind/Bug', 'needs-kind'] } },
    options,
    expect: { verdict: 'pass', wants: [needed(false)] },
  },
  asked({
    ...{ title: '`/kind bug, cleanup` in the spelling of the repository', name: 'kind', names: ['bug', 'CLEANUP'] },
    wants: [label('kind/bug', true), label('Kind/Cleanup', true)],
  }),
  asked({
    ...{ title: '`/kind kind/bug` names it in full', name: 'kind', names: ['kind/bug'] },
    wants: [label('kind/bug', true)],
  }),
  asked({
    ...{
      title: 'what is there is put on, what is not is named with the nearest',
      name: 'kind',
      names: ['bug', 'claenup'],
    },
    says: 'there is no label `kind/claenup`; did you mean `Kind/Cleanup`?',
    wants: [label('kind/bug', true)],
  }),
  asked({
    ...{ title: 'nothing is made that somebody asks for', name: 'area', names: ['ui'], outcome: 'refused' },
    ...{ says: 'there is no label `area/ui`', wants: [] },
  }),
  asked({
    ...{ title: 'a label that the list of its family leaves out', name: 'area', names: ['core'], outcome: 'refused' },
    ...{ says: '`area/core` cannot be set here; these can: `area/docs`, `area/ui`', wants: [] },
  }),
  asked({
    ...{ title: 'one of an exclusive family takes the place of the other', name: 'priority', names: ['high'] },
    ...{ labels: ['Priority/low'], wants: [label('Priority/low', false), label('priority/high', true)] },
  }),
  asked({
    ...{ title: 'two of an exclusive family', name: 'priority', names: ['high', 'low'], outcome: 'refused' },
    ...{ says: 'only one of', wants: [] },
  }),
  asked({
    ...{ title: '`/remove-kind` of what is on', name: 'remove-kind', names: ['bug'], labels: ['KIND/bug'] },
    wants: [label('KIND/bug', false)],
  }),
  asked({
    ...{ title: '`/remove-kind` of what is not on', name: 'remove-kind', names: ['bug'], outcome: 'refused' },
    ...{ says: '`kind/bug` is not on it', wants: [] },
  }),
  asked({
    ...{ title: '`/label` of one that is listed', name: 'label', names: ['Good-Thing'] },
    wants: [label('good-thing', true)],
  }),
  asked({
    ...{ title: '`/label` of one that is not listed', name: 'label', names: ['kind/bug'], outcome: 'refused' },
    ...{ says: 'cannot be set here', wants: [] },
  }),
  {
    title: '`/label` where none is listed',
    given: { catalogue },
    command: { name: 'label', args: { names: ['good-thing'] } },
    says: '`labels.extra`',
    expect: { outcome: 'refused', wants: [] },
  },
];
