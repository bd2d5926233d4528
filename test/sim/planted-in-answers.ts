import { brokenRules } from './epilogues.ts';
import { asking, overhearing, reading, type Json } from './plant-seams.ts';
import type { Planted } from './planted.ts';
import * as script from './scripts.ts';
import type { Plant } from './sim-stage.ts';

const { good, built, reviewed, pushed, say, titled } = script;

type List = { nodes: Json[]; totalCount: number };

/** Both lists of reviews that the bot asks for, as `change` makes them. */
const withReviews =
  (change: (reviews: Json[], pull: Json) => Json[]) =>
  (object: Json): Json => {
    if (!('headRefOid' in object)) return object;
    const changed = ['opinions', 'said'].flatMap((name) => {
      const list = object[name] as List | undefined;
      if (!list?.nodes) return [];
      const nodes = change(list.nodes, object);
      return [[name, { ...list, nodes, totalCount: nodes.length }] as const];
    });
    return { ...object, ...Object.fromEntries(changed) };
  };

const atHead = (pull: Json): Json => ({ oid: pull['headRefOid'], tree: { oid: 'f'.repeat(40) } });

/** Whose number it is comes in with what they did. */
function labelAsApproval(): Plant {
  let lin = 0;
  const door = overhearing(({ sender }) => {
    const { login, id } = sender as { login: string; id: number };
    if (login === 'lin') lin = id;
  });
  const approval = (pull: Json) => ({
    ...{ id: 'PRR_label', databaseId: 1, fullDatabaseId: '1', state: 'APPROVED', submittedAt: '2026-01-05T09:00:00Z' },
    ...{ author: { __typename: 'User', login: 'lin', databaseId: lin }, commit: atHead(pull) },
  });
  const change = withReviews((reviews, pull) => {
    const worn = (pull['labels'] as List | undefined)?.nodes.some(({ name }) => name === 'lgtm');
    return worn && lin !== 0 ? [...reviews, approval(pull)] : reviews;
  });
  return { ...reading(change), door };
}

/** What an association says a person is, of whoever wrote last. */
function associated(): Plant {
  const known = new Map<string, string>();
  const door = overhearing(({ comment }) => {
    const { user, author_association: is } = (comment ?? { user: {} }) as { user: Json; author_association?: string };
    if (is !== undefined) known.set(String(user['login']), is);
  });
  const change = (object: Json): Json => {
    const is = known.get(String((object['user'] as Json | undefined)?.['login']));
    const trusted = is === 'COLLABORATOR' || is === 'MEMBER' || is === 'OWNER';
    return 'role_name' in object && 'user' in object && trusted ? { ...object, role_name: 'write' } : object;
  };
  return { ...reading(change, /\/permission$/), door };
}

/** What GitHub itself holds up is tried nevertheless. */
const unblocked = (object: Json): Json =>
  object['mergeStateStatus'] === 'BLOCKED' ? { ...object, mergeStateStatus: 'CLEAN' } : object;

/** The first word of each check on a commit is believed for ever. */
function firstRuns(): Plant {
  const first = new Map<string, Json>();
  return reading((given) => {
    const object = unblocked(given);
    const rollup = object['statusCheckRollup'] as { contexts: List } | null | undefined;
    if (!rollup || !('oid' in object)) return object;
    const nodes = rollup.contexts.nodes.map((node) => {
      const key = `${String(object['oid'])} ${String(node['name'])}`;
      if (!first.has(key) && node['status'] === 'COMPLETED') first.set(key, node);
      return first.get(key) ?? node;
    });
    return { ...object, statusCheckRollup: { ...rollup, contexts: { ...rollup.contexts, nodes } } };
  });
}

/** Mistakes in how GitHub's answers are read, and in what is asked of it. */
export const inGitHub: Readonly<Record<string, Planted>> = {
  'everybody may do everything': {
    plant: () => reading((object) => ('role_name' in object ? { ...object, role_name: 'admin' } : object)),
    tells: 'I-06',
    script: [say('p1', 'stranger', '/lgtm')],
  },
  'whoever asks for a merge gets it': {
    plant: () => reading((object) => ('role_name' in object ? { ...object, role_name: 'write' } : object)),
    tells: 'I-01: nobody asked for it',
    script: [
      titled('q1', 'feat: land it'),
      reviewed('chen', 'approve', 'q1'),
      built('success', 'ci', 'q1'),
      say('q1', 'zoe', '/merge'),
    ],
  },
  'a hold is a word like any other': {
    plant: () => reading((object) => (object['body'] === '/hold' ? { ...object, body: 'hold' } : object)),
    tells: 'I-03: somebody said /hold',
    script: [good, say('p1', 'stranger', '/hold', 'h1'), reviewed('chen'), built('success')],
  },
  'what GitHub calls an association is taken for a right': {
    plant: associated,
    tells: 'I-06',
    script: [script.role({ login: 'chen', role: 'read' }), say('p1', 'chen', '/lgtm')],
  },
  'other bots are heard': {
    plant: () => reading((object) => (object['__typename'] === 'Bot' ? { ...object, __typename: 'User' } : object)),
    tells: 'I-11',
    script: [say('p1', 'helper[bot]', '/lgtm')],
  },
  'its own comments are heard': {
    plant: () =>
      reading((object) =>
        object['__typename'] === 'Bot' && object['login'] === 'github-bot'
          ? { ...object, __typename: 'User', databaseId: 1 }
          : object,
      ),
    tells: 'I-11',
    script: [script.label({ of: 'p1', by: 'lin', labels: ['need demo'] })],
  },
  'an edited comment is carried out': {
    plant: () => reading((object) => ('lastEditedAt' in object ? { ...object, lastEditedAt: null } : object)),
    tells: 'I-12',
    script: [say('p1', 'chen', 'hello', 'c1'), script.editComment({ comment: 'c1', by: 'lin', body: '/lgtm' })],
  },
  'a comment is taken for its own by what it says': {
    plant: () =>
      reading((object) =>
        String(object['body']).startsWith('<!-- github-bot:card') ? { ...object, viewerDidAuthor: true } : object,
      ),
    tells: 'I-15',
    script: [say('q1', 'stranger', '<!-- github-bot:card -->\n\nAll is well.'), titled('q1', 'no type')],
  },
  'an approval counts for whatever the head is': {
    plant: () => {
      const current = (review: Json, pull: Json) => ({ ...review, commit: atHead(pull) });
      return reading(withReviews((reviews, pull) => reviews.map((one) => current(one, pull))));
    },
    tells: 'I-01',
    script: [good, reviewed('chen'), pushed('more.ts'), built('success')],
  },
  'a command is for the head of when it is handled': {
    plant: () =>
      reading((object) => {
        if (object['body'] !== '/lgtm' || !('createdAt' in object)) return object;
        return { ...object, createdAt: new Date(Date.parse(String(object['createdAt'])) + 120_000).toISOString() };
      }),
    tells: 'I-01',
    script: [good, script.together(pushed('late.ts'), say('p1', 'chen', '/lgtm'))],
  },
  'a label is an approval': {
    plant: labelAsApproval,
    tells: 'I-01',
    script: [good, built('success'), script.label({ of: 'p1', by: 'lin', labels: ['lgtm'] })],
  },
  'a list is believed to be whole': {
    plant: () => reading(withReviews((reviews) => reviews.slice(0, 1))),
    tells: 'I-03',
    script: [good, reviewed('chen'), reviewed('lin', 'request-changes'), built('success')],
  },
  'a skipped check is a good one': {
    plant: () =>
      reading((object) => (object['conclusion'] === 'SKIPPED' ? { ...object, conclusion: 'SUCCESS' } : object)),
    tells: 'I-02',
    script: [good, reviewed('chen'), built('skipped')],
  },
  'a check counts whoever made it': {
    plant: () => reading((object) => unblocked('app_id' in object ? { ...object, app_id: null } : object)),
    tells: 'I-02',
    script: [good, reviewed('chen'), built('success', 'forger')],
  },
  'the first run of a check counts, not the last': {
    plant: firstRuns,
    tells: 'I-02',
    script: [built('success'), built('failure'), good, reviewed('chen')],
  },
  'its check is called the same for every base': {
    plant: () => asking(/\/check-runs/, (body) => body.replace('github-bot (main)', 'github-bot')),
    tells: 'I-15',
    script: [titled('p1', 'no type')],
  },
  'the rules are read where a pull request has them': {
    plant: () =>
      asking(/\/graphql$/, (body) =>
        body.replaceAll('defaultBranchRef {', 'defaultBranchRef: ref(qualifiedName: \\"refs/heads/p-p1\\") {'),
      ),
    tells: 'I-15',
    script: [titled('p1', 'no type'), pushed('.github/github-bot.yml', 'pr-title: false\n')],
  },
  'rules that nobody can read are no rules': {
    plant: () => reading((object) => (object['text'] === brokenRules ? { ...object, text: '' } : object)),
    tells: 'I-13',
    script: [good, script.epilogue({ which: 2 })],
  },
  'what is closed is looked at as if it were open': {
    plant: () => reading((object) => (object['pullState'] === 'CLOSED' ? { ...object, pullState: 'OPEN' } : object)),
    tells: 'I-21',
    script: [
      good,
      script.close({ of: 'p1', by: 'bob' }),
      titled('p1', 'nothing'),
      titled('p1', 'fix: it'),
      titled('p1', 'x'),
    ],
  },
  'who took a label off is not looked at': {
    plant: () =>
      reading((object) => {
        const items = object['timelineItems'] as List | undefined;
        const nodes = items?.nodes?.filter((node) => node['__typename'] !== 'UnlabeledEvent');
        return nodes ? { ...object, timelineItems: { ...items, nodes } } : object;
      }),
    tells: 'I-17',
    script: [
      good,
      script.unlabel({ of: 'p1', by: 'lin', labels: ['enhancement'] }),
      say('p1', 'bob', 'hello'),
      pushed('a.ts'),
      pushed('b.ts'),
    ],
  },
};
