import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { dependentsOf } from '../../app/engine/dependents.ts';
import { loadKinds } from '../../app/engine/load.ts';
import type { RemoteRules } from '../../app/engine/remote-rules.ts';
import { createSetUp } from '../../app/engine/set-up.ts';
import type { RepoSetup } from '../../app/engine/set-up.ts';
import { Trouble } from '../../app/github/troubles.ts';
import { defineModule } from '../../app/modules/module.ts';
import type { Module } from '../../app/modules/module.ts';
import type { GoodRules } from '../../app/store/store.ts';
import type { Subject } from '../../app/subject.ts';

const kinds = await loadKinds();
const because = { en: 'fine', 'zh-CN': '好' };
const module: Module = defineModule({
  summary: { en: 'Titles', 'zh-CN': '标题' },
  ...{ on: 'pull', row: true, needs: [], may: [] },
  options: z.object({
    label: z.string().default('bad').describe('Label').meta({ zh: '标签' }),
    types: z.array(z.string()).default(['feat']).describe('Types').meta({ zh: '类型' }),
  }),
  decide: () => ({ verdict: 'pass', because, wants: [] }),
});
const shared = {
  ...{ modules: new Map([['pr-title', module]]), kinds, identity: 'app' as const },
  details: () => '',
};

type Files = Record<string, string | null>;

const ids = new Map<string, number>();
const idOf = (name: string) => ids.get(name) ?? (ids.set(name, ids.size + 1), ids.size);
const subjectOf = (name: string): Subject => {
  return { kind: 'repo', repo: { id: idOf(name), owner: 'acme', name }, installation: 5 };
};

/** Other repositories of one owner; null: without a rules file. One that is not named is not there. */
function world(files: Files, operator = '') {
  const good = new Map<number, GoodRules>();
  const read: string[] = [];
  const remote: RemoteRules = {
    async read(_asking, name) {
      read.push(name);
      const text = files[name];
      if (text === 'unknown') throw new Trouble('later', 'unknown');
      if (text === undefined) return null;
      return { repo: subjectOf(name).repo, file: text === null ? null : { oid: text, text } };
    },
    forget: () => {},
  };
  const store = {
    goodRules: async (id: number) => good.get(id) ?? null,
    repos: async () => [],
    buildersOn: async () => [],
  };
  const setUp = createSetUp('config/rules.yml', operator, shared, { store, remote });
  /** What the repository is set up with, remembered as handling a job does. */
  async function of(name: string, text: string | null): Promise<RepoSetup> {
    const subject = subjectOf(name);
    const setup = await setUp.of(subject, text === null ? null : { oid: text, text });
    if (setup.good) good.set(subject.repo.id, setup.good);
    for (const { repoId, ...above } of setup.goodAbove) good.set(repoId, above);
    return setup;
  }
  return { files, setUp, store, read, of };
}

const optionsOf = (setup: RepoSetup) => setup.rules.sections[0]?.options as { label: string; types: string[] };
const faultsOf = ({ broken }: RepoSetup) => broken.map(({ file, line, message }) => `${file}:${line} ${message.en}`);

test('operator, organisation, extends, repository: lower wins key by key', async () => {
  const { of } = world(
    { '.github': 'pr-title: {label: organization, types: [o]}', rules: 'pr-title: {types: [e]}' },
    'pr-title: {label: operator}',
  );
  const setup = await of('shop', 'extends: acme/rules\npr-title: {mode: warn}');
  assert.deepEqual(faultsOf(setup), []);
  assert.deepEqual(optionsOf(setup), { label: 'organization', types: ['e'] });
  assert.equal(setup.rules.sections[0]?.mode, 'warn');
  assert.deepEqual(setup.rules.origins['pr-title.types'], { file: 'acme/rules:.github/github-bot.yml', line: 1 });
  assert.equal(setup.rules.origins['pr-title.label']?.file, 'acme/.github:.github/github-bot.yml');
  assert.equal(setup.rules.oids.length, 4);
});

test('the organisation’s rules are enough, and its own repository has them once', async () => {
  const { of, read } = world({ '.github': 'pr-title: {label: organization}' });
  assert.equal(optionsOf(await of('shop', null)).label, 'organization');
  read.length = 0;
  const own = await of('.github', 'pr-title: {label: organization}');
  assert.deepEqual(own.rules.oids.length, 2);
  assert.deepEqual(read, []);
});

test('a chain of three repositories is read, a fourth is told', async () => {
  const chain: Files = { a: 'extends: acme/b', b: 'extends: acme/c', c: 'pr-title: {label: top}' };
  assert.equal(optionsOf(await world(chain).of('shop', 'extends: acme/a')).label, 'top');
  const deep = await world({ ...chain, c: 'extends: acme/d', d: 'pr-title: true' }).of('shop', 'extends: acme/a');
  assert.match(faultsOf(deep).join('\n'), /^acme\/c:\.github\/github-bot\.yml:1 `acme\/d` is one step too many/);
});

for (const [what, files, text, fault] of [
  ['itself', {}, 'pr-title: true\nextends: acme/shop', /yml:2 `extends` goes in a circle: `acme\/shop`, `acme\/shop`/],
  [
    'a file that leads back',
    { a: 'extends: ACME/Shop' },
    'extends: acme/a',
    /acme\/a:.*yml:1 `extends` goes in a circle/,
  ],
  ['another owner', {}, 'extends: evil/rules', /`evil\/rules` belongs to another owner/],
  ['nowhere', {}, 'extends: acme/gone', /I cannot read `acme\/gone`/],
  ['a repository without rules', { a: null }, 'extends: acme/a', /`acme\/a` has no `\.github\/github-bot\.yml`/],
] as const) {
  test(`extends that names ${what} is told with its line`, async () => {
    const setup = await world(files).of('shop', text);
    assert.equal(setup.broken.length, 1);
    assert.match(faultsOf(setup)[0] ?? '', fault);
    assert.match(setup.broken[0]?.message['zh-CN'] ?? '', /\p{Script=Han}/u);
    assert.equal(setup.good, null);
  });
}

test('a broken file of the organisation: the one before judges, and the fault names its place', async () => {
  const { files, of } = world({ '.github': 'pr-title: {label: before}' });
  await of('shop', 'pr-title: true');
  files['.github'] = '\npr-titel: true';
  const setup = await of('shop', 'pr-title: true');
  assert.match(faultsOf(setup)[0] ?? '', /^acme\/\.github:\.github\/github-bot\.yml:2 .*`pr-title`/);
  assert.equal(setup.broken[0]?.layer, 'organization');
  assert.equal(optionsOf(setup).label, 'before');
  assert.deepEqual(setup.goodAbove, []);
});

test('a repository’s own broken file keeps what the file before it extended', async () => {
  const { of } = world({ rules: 'pr-title: {label: shared}' });
  await of('shop', 'extends: acme/rules');
  const setup = await of('shop', 'extends: acme/rules\npr-title: [');
  assert.ok(setup.broken.length > 0);
  assert.equal(optionsOf(setup).label, 'shared');
});

test('what GitHub cannot tell is unknown, not absent', async () => {
  const { of } = world({ '.github': 'unknown' });
  await assert.rejects(of('shop', 'pr-title: true'), (error) => error instanceof Trouble && error.kind === 'later');
});

test('locks hold over all layers, with a warning where they are ignored', async () => {
  const { of } = world({ '.github': 'locked: [pr-title.label]\npr-title: {label: fixed}', a: 'pr-title: {label: a}' });
  const setup = await of('shop', 'extends: acme/a\npr-title: {label: mine}');
  assert.deepEqual(faultsOf(setup), []);
  assert.equal(optionsOf(setup).label, 'fixed');
  assert.deepEqual(
    setup.rules.warnings.map(({ layer }) => layer),
    ['extends', 'repository'],
  );
});

test('a layer above may lock extends itself', async () => {
  const { of, read } = world({ '.github': 'locked: [extends]\npr-title: true', a: 'pr-title: {label: a}' });
  const setup = await of('shop', 'extends: acme/a');
  assert.equal(optionsOf(setup).label, 'bad');
  assert.deepEqual([...new Set(read)], ['.github']);
  assert.match(setup.rules.warnings[0]?.message.en ?? '', /`extends` is locked/);
});

test('nothing changed: the very same setup; a changed layer is noticed once', async () => {
  const { files, of, setUp } = world({ '.github': 'pr-title: {label: one}' });
  const first = await of('shop', null);
  assert.equal(await of('shop', null), first);
  assert.equal(setUp.takeMoved(idOf('shop')), false);
  files['.github'] = 'pr-title: {label: two}';
  assert.equal(optionsOf(await of('shop', null)).label, 'two');
  assert.deepEqual([setUp.takeMoved(idOf('shop')), setUp.takeMoved(idOf('shop'))], [true, false]);
});

test('another operator’s file counts at once, a broken one never', async () => {
  const { of, setUp } = world({}, 'pr-title: {label: one}');
  const first = await of('shop', null);
  assert.match(setUp.operator('pr-titel: true')[0]?.message.en ?? '', /pr-title/);
  assert.equal(await of('shop', null), first);
  assert.deepEqual(setUp.operator('pr-title: {label: two}'), []);
  assert.equal(optionsOf(await of('shop', null)).label, 'two');
  assert.match(setUp.operator('extends: acme/rules')[0]?.message.en ?? '', /operator’s file/);
});

test('who builds upon a file is known: by what was set up, by name for the organisation', async () => {
  const { of, setUp, store } = world({ '.github': 'pr-title: true', b: 'extends: acme/c', c: 'pr-title: true' });
  await of('shop', 'extends: acme/b');
  await of('site', null);
  const names = async (name: string) => {
    const found = await dependentsOf(subjectOf(name), { setUp, store });
    return found.map(({ repo }) => repo.name).sort();
  };
  assert.deepEqual(await names('c'), ['shop']);
  assert.deepEqual(await names('.github'), ['shop', 'site']);
  assert.deepEqual(await names('shop'), []);
});

test('after a restart the store says who builds upon a file', async () => {
  const { setUp } = world({});
  const store = {
    repos: async () => [subjectOf('shop'), subjectOf('site')],
    buildersOn: async (id: number) => (id === idOf('rules') ? [subjectOf('shop')] : []),
  };
  const found = await dependentsOf(subjectOf('rules'), { setUp, store });
  assert.deepEqual(
    found.map(({ repo }) => repo.name),
    ['shop'],
  );
});
