import type { Facts } from '../facts/fact.ts';
import type { Change, Kind, StandInWant } from './want.ts';

type Context = Facts['contexts']['list'][number];

// docs.github.com/rest/commits/statuses: a description is cut off after 140 characters.
const short = (text: string) => (text.length > 140 ? `${text.slice(0, 139)}…` : text);

const wordsOf = ({ text }: StandInWant) => (typeof text === 'string' ? text : text.en);
/** One line without markup. */
const plain = (want: StandInWant) => wordsOf(want).replaceAll('`', '').replace(/\s+/g, ' ').trim();

const isIt = ({ ours, kind, name }: Context, want: StandInWant) => ours && kind === want.as && name === want.name;

function callFor(want: StandInWant, { checks }: Facts): Change['call'] {
  const { name, head, state } = want;
  if (want.as === 'status') {
    const params = { sha: head, context: name, state, description: short(plain(want)) };
    return { via: 'rest', route: 'POST /repos/{owner}/{repo}/statuses/{sha}', params };
  }
  const output = { title: plain(want).slice(0, 250), summary: wordsOf(want) };
  const written = { status: 'completed', conclusion: state, output };
  const [found] = checks.ours.filter((one) => one.name === name && one.head === head).sort((a, b) => b.id - a.id);
  if (!found)
    return {
      via: 'rest',
      route: 'POST /repos/{owner}/{repo}/check-runs',
      params: { name, head_sha: head, ...written },
    };
  const params = { check_run_id: found.id, ...written };
  return { via: 'rest', route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', params };
}

export default {
  rank: 2,
  needs: ['thread', 'pull', 'checks', 'contexts'],
  permissions: (on) => (on === 'pull' ? { checks: 'write', statuses: 'write' } : {}),
  id: ({ as, name, head }) => `stand-in:${as}:${name}@${head}`,
  diff(want, facts) {
    const { thread, pull, contexts } = facts;
    if (thread.state !== 'open' || pull?.head !== want.head) return [];
    const found = contexts.list.find((one) => isIt(one, want));
    // Its words are no reason to write: of two pull requests with one head each would put its own in place of the other's.
    if (found?.state === want.state) return [];
    const says = `stand-in ${want.name}: ${want.state}`;
    return [{ kind: 'stand-in', id: this.id(want), says, call: callFor(want, facts), visibleTwice: false }];
  },
  project(want, facts) {
    const { pull, contexts } = facts;
    if (pull?.head !== want.head) return facts;
    const { name, as: kind, state } = want;
    const app = contexts.list.find((one) => isIt(one, want))?.app ?? null;
    // Of statuses with one name only the newest is left, whoever it is from.
    const others = contexts.list.filter(
      (one) => !isIt(one, want) && !(kind === 'status' && one.kind === kind && one.name === name),
    );
    const fresh: Context = { name, kind, app, state, ours: true };
    return { ...facts, contexts: { ...contexts, list: [...others, fresh] } };
  },
} satisfies Kind<StandInWant>;
