import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { neededFacts } from '../../app/engine/learn.ts';
import { loadKinds } from '../../app/engine/load.ts';
import { planFor, project } from '../../app/engine/reconcile.ts';
import { considerTag } from '../../app/engine/tag.ts';
import { plainTag } from '../../app/facts/plain-tag.ts';
import { learnCommits, learnTag } from '../../app/facts/tag.ts';
import { defineTagModule } from '../../app/modules/module.ts';
import type { TagModule } from '../../app/modules/module.ts';
import type { Setup } from '../../app/engine/set-up.ts';
import type { Rules } from '../../app/rules/rules.ts';
import type { ReleaseWant } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const repo = { id: 7, owner: 'acme', name: 'shop' };
const subject = { kind: 'tag', tag: 'v1.1.0', installation: 1, repo } as const;
const want: ReleaseWant = {
  ...{ kind: 'release', tag: 'v1.1.0', name: 'v1.1.0', body: 'x', draft: false, prerelease: false },
};

test('a release that is wanted is there once it is projected; one that is there is never touched', () => {
  const facts = plainTag();
  assert.equal(planFor([want], facts, kinds).length, 1);
  assert.deepEqual(planFor([want], project([want], facts, kinds), kinds), []);
  for (const release of ['draft', 'published'] as const) {
    const there = plainTag({ release });
    assert.deepEqual(planFor([{ ...want, draft: true }], there, kinds), []);
    assert.equal(project([want], there, kinds).release, release);
  }
});

suite('considering a tag', () => {
  const text = { en: 'Notes', 'zh-CN': '说明' };
  const module = defineTagModule({
    summary: text,
    ...{ on: 'tag', row: false, needs: [], may: ['release'], options: z.object({}), since: () => null },
    decide: () => ({ verdict: 'pass', because: text, wants: [{ ...want, body: text }] }),
  });
  const ask = (
    mode: 'preview' | 'warn' | 'enforce',
    given: TagModule,
    language: Rules['language'] = 'auto',
    zh = '',
  ) => {
    const section = { module: 'notes', mode, only: null, except: null, options: {} };
    const rules = { sections: [section], language, oids: ['o'] } as unknown as Rules;
    const facts = plainTag({ repo: { description: zh } });
    const question = { id: 'r-1', at: facts.now, subject, hints: [] };
    return considerTag(question, facts, [{ section, module: given, facts }], { rules, kinds });
  };
  const body = (report: ReturnType<typeof ask>) => {
    const call = report.plan[0]!.call;
    return call.via === 'rest' ? call.params['body'] : null;
  };

  test('the notes are in the language of the repository’s description, or in that of the rules', () => {
    assert.equal(body(ask('enforce', module)), 'Notes');
    assert.equal(body(ask('warn', module, 'auto', '购物车')), '说明');
    assert.equal(body(ask('enforce', module, 'en', '购物车')), 'Notes');
    assert.match(String(body(ask('enforce', module, 'both'))), /^Notes\n\n<details>[^]*说明/);
  });
  test('nothing is read of threads for it', () => {
    const rules = { sections: [{ module: 'notes', only: { paths: ['a'] }, except: null }] } as unknown as Rules;
    const setup = { rules, broken: [], modules: new Map([['notes', module]]) } as unknown as Setup;
    const none = neededFacts({ ...setup, rules: { ...rules, sections: [] } }, 'any');
    for (const kind of ['any', 'issue', 'pull'] as const) assert.deepEqual(neededFacts(setup, kind), none);
  });
  test('preview decides and writes nothing', () => {
    const report = ask('preview', module);
    assert.equal(report.rulings[0]!.verdict, 'pass');
    assert.deepEqual(report.plan, []);
  });
  test('a module that throws is told with a reference and tried again', () => {
    const broken = {
      ...module,
      decide: () => {
        throw new Error('secret detail');
      },
    };
    const report = ask('enforce', broken);
    assert.deepEqual([report.rulings[0]!.verdict, report.plan], ['wait', []]);
    assert.match(report.rulings[0]!.because.en, /ref `r-1`/);
    assert.equal(report.revisitAt, '2026-01-05T10:10:00.000Z');
  });
});

const [tagOid, middle, end] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
const commitObject = { __typename: 'Commit', oid: end };

suite('facts of a tag', () => {
  const refOf = (name: string, target: object) => ({ name, target });
  const reader = (pages: { refs: object[]; target: object; release?: object | null }[]) => ({
    graphql: async (_document: string, { after }: Readonly<Record<string, unknown>>) => {
      const at = Number(after ?? 0);
      const { refs, target, release = null } = pages[at]!;
      const pageInfo = { hasNextPage: at + 1 < pages.length, endCursor: String(at + 1) };
      return { repository: { ref: refOf('v1.1.0', target), release, refs: { nodes: refs, pageInfo } } };
    },
  });

  test('an annotated tag, and a tag of a tag, lead to their commit; anything else leads to none', async () => {
    const annotated = { __typename: 'Tag', oid: middle, target: commitObject };
    const twice = { __typename: 'Tag', oid: tagOid, target: annotated };
    for (const [target, commit] of [
      [commitObject, end],
      [annotated, end],
      [twice, end],
      [{ __typename: 'Tree', oid: end }, null],
    ] as const) {
      const { tag } = await learnTag(subject, reader([{ refs: [], target }]));
      assert.deepEqual(tag, { name: 'v1.1.0', commit });
    }
  });
  test('every page of tags is read, and the tag itself is none of the others', async () => {
    const found = await learnTag(
      subject,
      reader([
        { refs: [refOf('v1.1.0', commitObject), refOf('v1.0.0', commitObject)], target: commitObject },
        { refs: [refOf('v0.9.0', commitObject)], target: commitObject, release: { isDraft: true } },
      ]),
    );
    assert.deepEqual(
      found.others.map(({ name }) => name),
      ['v1.0.0', 'v0.9.0'],
    );
    assert.equal(found.release, 'draft');
  });

  const seen = (sha: number) => ({
    sha: String(sha).padStart(40, '0'),
    commit: { message: `feat: ${sha}\r\n\nBREAKING CHANGE: all`, author: { name: 'Ann' } },
    author: sha % 2 ? {} : { login: 'bob', type: 'User' },
    parents: [{ sha: end }],
  });
  const comparing = (total: number) => {
    const asked: unknown[] = [];
    const get = async (_route: string, params: Readonly<Record<string, unknown>>) => {
      asked.push(params['page']);
      const from = (Number(params['page']) - 1) * 100;
      const commits = Array.from({ length: Math.min(100, total - from) }, (_, at) => seen(from + at));
      return { total_commits: total, commits };
    };
    return { asked, read: { get, graphql: async () => assert.fail('no history is needed') } };
  };
  const before = { name: 'v1.0.0', commit: middle };

  test('a comparison is read page by page', async () => {
    const { asked, read } = comparing(230);
    const { list, total, since } = await learnCommits(subject, end, before, read);
    assert.deepEqual([asked, list.length, total, since], [[1, 2, 3], 230, 230, 'v1.0.0']);
    const [even, odd] = list;
    assert.deepEqual(even!.author, { login: 'bob', name: 'Ann', bot: false });
    assert.deepEqual(odd!.author, { login: null, name: 'Ann', bot: false });
    assert.deepEqual([even!.subject, even!.breaking], ['feat: 0', true]);
  });
  test('of a huge one a thousand commits are read', async () => {
    const { asked, read } = comparing(4000);
    const { list, total } = await learnCommits(subject, end, before, read);
    assert.deepEqual([asked.length, list.length, total], [10, 1000, 4000]);
  });
  test('without a history in common everything is listed, oldest first', async () => {
    const node = (oid: string) => ({
      ...{ oid, message: oid, author: { name: 'dependabot[bot]', user: null } },
      parents: { nodes: [] },
    });
    const history = { totalCount: 2, nodes: [node('b'), node('a')], pageInfo: { hasNextPage: false, endCursor: 'x' } };
    const read = { get: async () => null, graphql: async () => ({ repository: { object: { history } } }) };
    const { since, list } = await learnCommits(subject, end, before, read);
    assert.equal(since, null);
    assert.deepEqual(
      list.map(({ sha, author }) => [sha, author.bot]),
      [
        ['a', true],
        ['b', true],
      ],
    );
  });
});
