import type { Happening } from '../../facts/fact.ts';
import type { Example } from '../module.ts';

const us = { id: 1, login: 'github-bot[bot]', bot: true, us: true };
const chen = { id: 3001, login: 'chen', bot: false, us: false };

function event(key: string, kind: 'labeled' | 'unlabeled', actor: Happening['actor'], object: string): Happening {
  return { key, kind, actor, at: '2026-01-05T09:30:00Z', object };
}

const put = (name: string, type: string, color: string) =>
  ({ kind: 'label', name, on: true, color, description: `Pull requests of the type ${type}` }) as const;
const off = (name: string) => ({ kind: 'label', name, on: false }) as const;

/** The once-key of a deed, as the module remembers it: the event before it is part of it. */
const once = (deed: 'on' | 'off' | 'left', label: string, since = '') => `title-label:${deed}:${label}:${since}`;

const enhancement = put('enhancement', 'feat', 'a2eeef');
const bug = put('bug', 'fix', 'd73a4a');

const newBug = { ...bug, once: once('on', 'bug') };

/** Put on by this module. */
const own = {
  happened: [event('LE_1', 'labeled', us, 'enhancement')],
  done: [once('on', 'enhancement')],
};
const undone = [...own.happened, event('UE_1', 'unlabeled', chen, 'enhancement')];
const left = (type: string) => once('left', 'enhancement', `UE_1:${type}`);
const takenOff = { ...off('enhancement'), once: once('off', 'enhancement', 'LE_1') };

export const examples: readonly Example[] = [
  {
    title: 'the label of the type',
    given: { thread: { title: 'feat(ui)!: dark mode' } },
    says: 'the type `feat` goes with the label `enhancement`',
    expect: { verdict: 'pass', wants: [{ ...enhancement, once: once('on', 'enhancement') }] },
  },
  {
    title: 'a title that is nearly in the form',
    given: { thread: { title: 'Fix：登录后白屏' } },
    expect: { verdict: 'pass', wants: [newBug] },
  },
  {
    title: 'a type without a label',
    given: { thread: { title: 'chore: tidy up' } },
    says: 'no label belongs to this title',
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'a title without a type',
    given: { thread: { title: 'Dark mode' } },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'labels of its own',
    given: { thread: { title: 'perf: faster start' } },
    options: { map: { perf: 'performance', feat: 'feature' } },
    expect: { verdict: 'pass', wants: [{ ...put('performance', 'perf', 'c5def5'), once: once('on', 'performance') }] },
  },
  {
    title: 'swapped when the type changes',
    given: { thread: { title: 'fix: dark mode', labels: ['enhancement'] }, ...own },
    expect: { verdict: 'pass', wants: [takenOff, newBug] },
  },
  {
    title: 'taken off when no type is left',
    given: { thread: { title: 'Dark mode', labels: ['enhancement'] }, ...own },
    expect: { verdict: 'skip', wants: [takenOff] },
  },
  {
    title: 'a label a person put on stays when the type is another',
    given: {
      thread: { title: 'fix: dark mode', labels: ['Enhancement'] },
      happened: [event('LE_1', 'labeled', chen, 'Enhancement')],
    },
    expect: { verdict: 'pass', wants: [newBug] },
  },
  {
    title: 'a label a person took off stays off, and the type is noted',
    given: { happened: undone, done: own.done },
    expect: { verdict: 'pass', wants: [{ ...off('enhancement'), once: left('feat') }] },
  },
  {
    title: 'it stays off while the type is the same',
    given: { happened: undone, done: [...own.done, left('feat')] },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'another type is noted as well',
    given: { thread: { title: 'fix: dark mode' }, happened: undone, done: [...own.done, left('feat')] },
    expect: { verdict: 'pass', wants: [{ ...off('enhancement'), once: left('fix') }, newBug] },
  },
  {
    title: 'back to the first type, the label comes back',
    given: { happened: undone, done: [...own.done, left('feat'), left('fix')] },
    expect: { verdict: 'pass', wants: [{ ...enhancement, once: once('on', 'enhancement', 'UE_1') }] },
  },
  {
    title: 'a label put on by a command stays when the type is another',
    given: { thread: { title: 'fix: dark mode', labels: ['enhancement'] }, happened: own.happened },
    expect: { verdict: 'pass', wants: [newBug] },
  },
  {
    title: 'labels of a merged pull request stay as they are',
    given: { thread: { state: 'merged', title: 'fix: dark mode', labels: ['enhancement'] }, ...own },
    expect: { verdict: 'skip', wants: [] },
  },
];
