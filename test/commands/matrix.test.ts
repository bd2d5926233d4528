import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import callers from '../../app/facts/callers.ts';
import type { Owners, Spoken } from '../../app/facts/command-facts.ts';
import type { Ask, Facts, Learning, Standing } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { Trouble } from '../../app/github/troubles.ts';
import { grammarOf } from '../../app/engine/command-table.ts';
import { hear } from '../../app/engine/hear.ts';
import { nothingRecalled } from '../../app/engine/learn.ts';
import { commandsIn, everything } from './every-command.ts';
import { options, people, table } from './matrix-table.ts';
import type { Allowed, Person } from './matrix-table.ts';

const setup = everything(options);
const lines = commandsIn(setup).flatMap(({ entry }) => entry.command.examples);

test('every example of every command has a row, and every row a command', () => {
  const missing = lines.filter((line) => !table[line]);
  assert.deepEqual(missing, [], 'add these lines to test/commands/matrix-table.ts, as the rules say who may use them');
  const left = Object.keys(table).filter((line) => !lines.includes(line));
  assert.deepEqual(left, [], 'no command has these examples any more');
});

const answers = ['answered', '403', '404', '5xx'] as const;
const threads = ["other's", 'fork', 'own'] as const;
type GitHubSays = (typeof answers)[number];

const me = (person: Person): Spoken['by'] => ({ id: 5001, login: 'mia', bot: person === 'bot', us: false });
const levels: Partial<Record<Person, string>> = {
  admin: 'admin',
  maintain: 'maintain',
  write: 'write',
  triage: 'triage',
};

/** GitHub's answers about one person, or what it says instead. */
function get(person: Person, says: GitHubSays): Learning['read']['get'] {
  return (route) => {
    if (says === '403') return Promise.reject(new Trouble('forbidden', 'no', { status: 403 }));
    if (says === '5xx') return Promise.reject(new Trouble('later', 'no answer', { status: 502 }));
    if (says === '404') return Promise.resolve(null);
    if (route.includes('/memberships/')) return Promise.resolve(person === 'member' ? { state: 'active' } : null);
    const role = levels[person] ?? 'read';
    return Promise.resolve({ permission: role, role_name: role, user: { id: 5001 } });
  };
}

function factsOf(line: string, person: Person, thread: (typeof threads)[number], on: Allowed['on']): Facts {
  const text = { surface: 'comment', id: 1, nodeId: 'IC_1', at: '2026-01-05T09:50:00Z', edited: false } as const;
  const owned = {
    path: 'src/theme.ts',
    approvers: [person === 'owner' ? 'mia' : 'olga'],
    reviewers: [],
    required: [],
    labels: [],
    change: 'modified',
    free: false,
    by: 'OWNERS',
  };
  const owners: Owners = { source: 'OWNERS', broken: [], files: [owned], teams: {}, complete: true };
  const { thread: more, ...given } = table[line]?.given ?? {};
  return plainFacts({
    ...given,
    spoken: [{ ...text, key: 'IC_1', by: me(person), text: line, reactions: [] }],
    thread: { ...more, kind: on, ...(thread === 'own' && { author: me(person) }) },
    ...(on === 'pull' && { pull: { fork: thread === 'fork' } }),
    head: { sha: 'b'.repeat(40), tree: '1'.repeat(40), since: '2026-01-05T09:00:00Z', first: true },
    owners,
  });
}

/** What the bot learns of whoever spoke, as it would on GitHub. */
async function rightsOf(facts: Facts, person: Person, says: GitHubSays, errors: number) {
  const recalled = { ...nothingRecalled, errors };
  const ask: Ask = { commands: grammarOf(setup), recalled, who: [], marked: {}, appId: 1 };
  const answer = { viewer: { login: facts.repo.us, id: 9 }, repository: {}, thread: {}, isPull: facts.pull !== null };
  const subject = {
    kind: 'thread',
    repo: { id: 7, owner: 'acme', name: 'shop' },
    installation: 1,
    number: 12,
  } as const;
  const read = { get: get(person, says), graphql: () => Promise.reject(new Error('nothing else is asked')) };
  return callers.learn({ answer, subject, read, ask, fresh: false, card: '', lasting: new Map(), known: facts });
}

/** What the title is judged by; the others have nothing to say here. */
const failing = ({ thread }: Facts) => (thread.title.includes(':') ? [] : ['pr-title']);

async function outcomeOf(line: string, person: Person, thread: (typeof threads)[number], says: GitHubSays) {
  const facts = factsOf(line, person, thread, table[line]?.on ?? 'pull');
  const rights: Readonly<Record<string, Standing | null>> = await rightsOf(facts, person, says, 2);
  const { heard, wants, asked } = hear({ ...facts, callers: rights }, setup, 'r-1', failing);
  const [one] = heard;
  if (one?.outcome !== 'done') assert.deepEqual([wants, asked], [[], []], 'nothing comes of what is not done');
  return one?.outcome ?? 'nothing';
}

/** What the table promises. Whoever's rights are not known has none but what opening the thread gives. */
function promised(line: string, person: Person, thread: (typeof threads)[number], says: GitHubSays) {
  const { others, own, anyone }: Allowed = table[line] ?? { on: 'pull', others: [], own: [] };
  if (person === 'bot') return 'nothing';
  if (anyone) return (thread === 'own' ? own : others).includes(person) ? 'done' : 'refused';
  const byOpening = thread === 'own' && own.includes('outsider');
  const byOwning = person === 'owner' && says === '404';
  const known = says === 'answered' || byOpening || byOwning;
  return known && (thread === 'own' ? own : others).includes(person) ? 'done' : 'refused';
}

for (const line of lines.filter((one) => table[one])) {
  suite(line, () => {
    for (const thread of threads) {
      for (const says of answers) {
        test(`${thread}, ${says}`, async () => {
          // The author is who opened it.
          const asking = people.filter((person) => person !== 'author' || thread === 'own');
          const seen: Record<string, string> = {};
          for (const person of asking) seen[person] = await outcomeOf(line, person, thread, says);
          const expected = asking.map((person) => [person, promised(line, person, thread, says)]);
          assert.deepEqual(seen, Object.fromEntries(expected));
        });
      }
    }
  });
}

test('GitHub is asked three times before what it does not say is no right', async () => {
  const facts = factsOf('/merge', 'admin', "other's", 'pull');
  for (const errors of [0, 1]) await assert.rejects(rightsOf(facts, 'admin', '5xx', errors), Trouble);
  assert.deepEqual(await rightsOf(facts, 'admin', '5xx', 2), { '5001': null });
});
