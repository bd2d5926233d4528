import type { OwnersEdit } from '../../facts/command-facts.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const label = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'do-not-merge/invalid-owners-file', on, color: 'e11d21' },
  description: 'An owners file is not in order 负责人文件有问题',
});
const edit = (path: string, more: Partial<OwnersEdit> = {}): OwnersEdit => ({
  ...{ path, faults: [], added: [], labels: [], empty: false, ...more },
});
const bringing = (edits: readonly OwnersEdit[], trusted: Readonly<Record<string, boolean | null>> = {}): Given => ({
  ownership: { edits, trusted, complete: true },
});
const fails = { verdict: 'fail', wants: [label(true)] } as const;

export const examples: readonly Example[] = [
  { title: 'no owners file is changed', given: {}, expect: { verdict: 'skip', wants: [label(false)] } },
  {
    title: 'somebody with access is added',
    given: bringing([edit('src/OWNERS', { added: ['chen'] })], { chen: true }),
    expect: { verdict: 'pass', wants: [label(false)] },
  },
  {
    title: 'a stranger is added',
    given: bringing([edit('src/OWNERS', { added: ['mallory'] })], { mallory: false }),
    says: '`src/OWNERS`: `mallory` neither has access here',
    expect: fails,
  },
  {
    title: 'a team is added that is not there',
    given: bringing([edit('OWNERS', { added: ['@acme/ghosts'] })], { '@acme/ghosts': false }),
    says: 'there is no team `@acme/ghosts`',
    expect: fails,
  },
  {
    title: 'a file that cannot be read',
    given: bringing([
      edit('docs/OWNERS', { faults: [{ line: 3, message: { en: 'no list', 'zh-CN': '不是列表' } }], empty: true }),
    ]),
    says: '`docs/OWNERS:3`: no list',
    expect: fails,
  },
  {
    title: 'the root names no approver',
    given: bringing([edit('OWNERS', { empty: true })]),
    says: '`OWNERS` names no approver',
    expect: fails,
  },
  {
    title: 'a label that only rules give',
    given: bringing([edit('src/OWNERS', { labels: ['LGTM'] })]),
    says: 'the label `LGTM` is given by rules',
    expect: fails,
  },
  {
    title: 'the same where the rules allow it',
    given: bringing([edit('src/OWNERS', { labels: ['LGTM'] })]),
    options: { 'denied-labels': [] },
    expect: { verdict: 'pass', wants: [label(false)] },
  },
  {
    title: 'GitHub does not tell who somebody is',
    given: bringing([edit('src/OWNERS', { added: ['chen'] })], { chen: null }),
    expect: { verdict: 'wait', wants: [] },
  },
  {
    title: 'it is closed',
    given: { ...bringing([edit('OWNERS', { empty: true })]), thread: { state: 'closed' } },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: '`/verify-owners`',
    given: {},
    command: { name: 'verify-owners' },
    expect: { outcome: 'done', wants: [] },
  },
];
