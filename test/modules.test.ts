import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { readArguments } from '../app/commands/arguments.ts';
import type { Answer } from '../app/commands/command.ts';
import type { FactName, Facts } from '../app/facts/fact.ts';
import { plainFacts } from '../app/facts/plain-facts.ts';
import { plainTag } from '../app/facts/plain-tag.ts';
import { verdicts } from '../app/modules/module.ts';
import type {
  AnyExample,
  Decision,
  Example,
  Module,
  TagDecision,
  TagExample,
  TagModule,
} from '../app/modules/module.ts';
import type { Text } from '../app/text.ts';

type OnThreads = Module<FactName, z.ZodObject>;
type Any = OnThreads | TagModule<z.ZodObject>;

/** What the engine adds to the facts of every command. */
const commandFacts: readonly FactName[] = ['thread', 'pull', 'repo', 'asks'];

const folder = join(import.meta.dirname, '../app/modules');
const ids = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

async function loaded<T>(id: string, file: string): Promise<T> {
  return (await import(pathToFileURL(join(folder, id, file)).href)) as T;
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}

/** Facts that can only be read where the module declared it. */
function guarded(module: OnThreads, facts: Facts): Facts {
  const open = new Set<string>([...module.needs, 'now', 'thread', 'done', 'since']);
  const asked = (name: string | symbol) => {
    if (typeof name === 'string' && !open.has(name))
      throw new Error(`reads the fact «${name}» and does not declare it`);
  };
  return new Proxy(facts, {
    get: (target, name) => (asked(name), Reflect.get(target, name)),
    has: (target, name) => (asked(name), Reflect.has(target, name)),
    ownKeys: () => assert.fail('lists all facts'),
  });
}

/** What becomes of an example's command. */
function answered(module: OnThreads, { given, options = {}, elsewhere, command }: Example): Answer | null {
  if (!command) return null;
  const { name, args = {}, by = { id: 2003, login: 'chen', bot: false, us: false }, failing = [] } = command;
  const facts = deepFrozen(structuredClone(plainFacts(given)));
  const commands = module.commands?.(module.options.parse(structuredClone(options)), (id) => elsewhere?.[id] ?? null);
  const found = commands?.[name];
  assert.ok(found, `the module has no command ${name}`);
  const said = { key: 'IC_1:0', written: name, at: facts.now, surface: 'comment' as const };
  const open = { ...module, needs: [...module.needs, ...commandFacts] };
  return found.run(guarded(open, facts), deepFrozen({ ...said, name, args, by }), () => failing);
}

function decided(module: Any, any: AnyExample): Decision | TagDecision {
  const options = deepFrozen(module.options.parse(structuredClone(any.options ?? {})));
  if (module.on === 'tag') {
    const { given } = any as TagExample;
    return module.decide(deepFrozen(structuredClone(plainTag(given))), options);
  }
  const example = any as Example;
  const facts = deepFrozen(structuredClone(plainFacts(example.given)));
  return module.decide(guarded(module, facts), options, (id) => example.elsewhere?.[id] ?? null);
}

const fixOf = (decision: Decision | TagDecision) => ('fix' in decision ? decision.fix : undefined);

function bilingual(text: Text, where: string): void {
  assert.ok(text.en.trim(), `${where}: no English text`);
  assert.match(text['zh-CN'], /\p{Script=Han}/u, `${where}: the Chinese text has no Chinese`);
  assert.doesNotMatch(JSON.stringify(text), /undefined|\[object|NaN/, where);
}

function metadata(module: Any): void {
  bilingual(module.summary, 'summary');
  assert.doesNotMatch(module.summary.en, /[.。]$/);
  assert.doesNotMatch(module.summary['zh-CN'], /[.。]$/);
  assert.ok(['issue', 'pull', 'both', 'tag'].includes(module.on));
  assert.equal(typeof module.row, 'boolean');
  assert.ok(Array.isArray(module.needs) && Array.isArray(module.may));
  assert.equal(new Set(module.needs).size, module.needs.length);
}

function options(module: Any): void {
  const filled = module.options.parse({});
  for (const [key, schema] of Object.entries(module.options.shape)) {
    assert.match(key, /^[a-z]+(-[a-z]+)*$/);
    assert.notEqual(filled[key], undefined, `${key} has no default`);
    const noted = (schema as z.ZodType).meta();
    assert.ok(noted?.description, `${key} has no description`);
    assert.match(String(noted['zh']), /\p{Script=Han}/u, `${key} has no Chinese description`);
    assert.doesNotMatch(noted.description, /\.$/, `${key}: full stop`);
  }
  assert.deepEqual(module.options.parse(filled), filled, 'defaults must be valid themselves');
  assert.ok(z.toJSONSchema(module.options));
}

function readme(id: string): void {
  const file = join(folder, id, 'README.md');
  assert.ok(existsSync(file), 'README.md is missing');
  const text = readFileSync(file, 'utf8');
  assert.ok(text.startsWith(`# ${id}\n`), `README.md starts with «# ${id}»`);
  assert.match(text, /\p{Script=Han}/u, 'README.md has a Chinese paragraph');
  for (const part of ['options', 'examples']) {
    assert.match(text, new RegExp(`^<!-- ${part}:begin -->$[^]*^<!-- ${part}:end -->$`, 'm'), `${part} markers`);
  }
}

/** A command of an example does what it says, and asks for nothing that the module may not. */
function obeys(module: OnThreads, example: Example): void {
  const answer = answered(module, example);
  assert.ok(answer);
  assert.equal(answer.outcome, example.expect.outcome);
  if (example.says !== undefined) assert.ok(answer.say?.en.includes(example.says), `says ${answer.say?.en}`);
  if (example.expect.wants) assert.deepEqual(answer.wants, example.expect.wants);
  if (answer.say) bilingual(answer.say, 'the answer');
  for (const { kind } of answer.wants)
    assert.ok((module.may as readonly string[]).includes(kind), `may not ask for ${kind}`);
  assert.deepEqual(answered(module, example), answer, 'same facts, same answer');
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer, 'an answer is plain JSON');
}

/** What every command says of itself, and that its own examples are understood. */
function understandable(module: OnThreads): void {
  for (const [name, command] of Object.entries(module.commands?.(module.options.parse({})) ?? {})) {
    assert.match(name, /^[a-z][a-z\d-]*$/);
    bilingual(command.summary, name);
    assert.doesNotMatch(command.summary.en, /\.$/);
    assert.ok(command.who.length > 0 && command.examples.length > 0, name);
    for (const example of command.examples) {
      const [, word = '', rest = ''] = /^\/(\S+)\s*(.*)$/.exec(example) ?? [];
      const spelled = module.aliases?.[word] ?? word;
      assert.equal(spelled.split(' ')[0], name, example);
      assert.ok(readArguments(command.args, [spelled.slice(name.length).trim(), rest].join(' ').trim()), example);
    }
  }
}

function works(module: Any, example: AnyExample): void {
  const decision = decided(module, example);
  assert.equal(decision.verdict, example.expect.verdict);
  if (example.says !== undefined) {
    const said = [decision.because.en, fixOf(decision)?.en ?? ''].join('\n');
    assert.ok(said.includes(example.says), `«${example.says}» is not in:\n${said}`);
  }
  if ('wants' in example.expect) assert.deepEqual(decision.wants, example.expect.wants);
  for (const part of 'notes' in example ? example.notes : []) {
    const body = decision.wants.map((want) => ('body' in want && typeof want.body === 'object' ? want.body.en : ''));
    assert.ok(body[0]?.includes(part), `«${part}» is not in:\n${body[0]}`);
  }
}

function lawful(module: Any, example: AnyExample): void {
  const decision = decided(module, example);
  assert.ok(verdicts.includes(decision.verdict));
  bilingual(decision.because, 'because');
  assert.doesNotMatch(decision.because.en, /\n|\.$/, 'because is one line without a full stop');
  assert.doesNotMatch(decision.because['zh-CN'], /\n|。$/, 'because is one line without a full stop');
  const fix = fixOf(decision);
  if (fix) bilingual(fix, 'fix');
  for (const { kind } of decision.wants)
    assert.ok((module.may as readonly string[]).includes(kind), `may not ask for ${kind}`);
  assert.deepEqual(decided(module, example), decision, 'same facts, same decision');
  assert.deepEqual(JSON.parse(JSON.stringify(decision)), decision, 'a decision is plain JSON');
}

test('there are modules', () => assert.ok(ids.length > 0));

for (const id of ids) {
  suite(`module ${id}`, async () => {
    const { default: module } = await loaded<{ default: Any }>(id, 'module.ts');
    const { examples } = await loaded<{ examples: readonly AnyExample[] }>(id, 'examples.ts');
    test('is named in kebab-case', () => assert.match(id, /^[a-z]+(-[a-z]+)*$/));
    test('says what it is', () => metadata(module));
    test('has options with a default and a description in both languages', () => options(module));
    test('has a page', () => readme(id));
    test('has examples with names of their own', () => {
      assert.ok(examples.length >= 2);
      assert.equal(new Set(examples.map(({ title }) => title)).size, examples.length);
    });
    if (module.on !== 'tag') test('has commands that understand their own examples', () => understandable(module));
    for (const example of examples) {
      if ('command' in example && module.on !== 'tag') {
        test(example.title, () => obeys(module, example));
        continue;
      }
      test(example.title, () => works(module, example));
      test(`${example.title} (laws)`, () => lawful(module, example));
    }
    test('uses every kind of want it may ask for, and no other', () => {
      const wantsOf = (example: AnyExample) =>
        'command' in example && module.on !== 'tag'
          ? (answered(module, example)?.wants ?? [])
          : decided(module, example).wants;
      const kinds = examples.flatMap((example) => wantsOf(example).map(({ kind }) => kind));
      assert.deepEqual([...new Set(kinds)].sort(), [...module.may].sort());
    });
  });
}
