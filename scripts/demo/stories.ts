import { readFileSync } from 'node:fs';
import type { Text } from '../../app/text.ts';
import { type Group, titles } from '../../test/scenarios/demo-titles.ts';
import { parseScenarios } from '../../test/scenarios/format.ts';
import type { Scenario, Step } from '../../test/scenarios/scenario.ts';
import { type NumberOf, sentenceOf } from './sentences.ts';

export const storiesFile = 'test/scenarios/demo.yml';
export const rulesFile = '.github/github-bot.yml';

/** One thing that happens, and the looks at GitHub that follow it. */
export interface Beat {
  readonly act: Step;
  readonly looks: readonly Step[];
  /** The thread it is about, by its name in the scenario; null where it is about the repository. */
  readonly focus: string | null;
  readonly says: Text;
}

/** A scenario as it is told to people. */
export interface Story {
  readonly id: string;
  readonly group: Group;
  readonly title: Text;
  readonly about: Text;
  readonly scenario: Scenario;
  readonly beats: readonly Beat[];
  /** The repository's own rules as the story begins. */
  readonly rules: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** GitHub numbers threads in the order in which they are opened. */
function numbersIn({ steps }: Scenario): NumberOf {
  const opened = steps.filter(({ name }) => name === 'open-pull' || name === 'open-issue');
  return (as) => opened.findIndex(({ keys }) => keys['as'] === as) + 1;
}

function focusOf(act: Step, looks: readonly Step[], before: string | null): string | null {
  const own = text(act.name.startsWith('open-') ? act.keys['as'] : act.keys['of']);
  if (own !== null) return own;
  if (looks.some(({ keys }) => 'release' in keys)) return null;
  const seen = looks.map(({ keys }) => text(keys['of'])).find((of) => of !== null);
  return seen ?? before;
}

function beatsOf(scenario: Scenario): Beat[] {
  const numberOf = numbersIn(scenario);
  const beats: Beat[] = [];
  const starts = scenario.steps.flatMap(({ name }, at) => (name === 'expect' ? [] : [at]));
  for (const [index, start] of starts.entries()) {
    const [act, ...looks] = scenario.steps.slice(start, starts[index + 1]);
    const says = act && sentenceOf(act, numberOf);
    if (!says) throw new Error(`${scenario.file}:${act?.line}: nobody has put the step \`${act?.name}\` in words`);
    beats.push({ act, looks, focus: focusOf(act, looks, beats.at(-1)?.focus ?? null), says });
  }
  return beats;
}

function storyOf(scenario: Scenario): Story {
  const told = titles[scenario.title];
  if (!told) throw new Error(`${scenario.file}:${scenario.line}: nobody has told of «${scenario.title}»`);
  const title = { en: scenario.title, 'zh-CN': told.zh };
  const rules = scenario.world.files?.[rulesFile] ?? '';
  return { id: told.id, group: told.group, title, about: told.about, scenario, beats: beatsOf(scenario), rules };
}

/** Every story of the demo, in the order of the file. */
export function readStories(): readonly Story[] {
  const source = readFileSync(new URL(`../../${storiesFile}`, import.meta.url), 'utf8');
  return parseScenarios(source, storiesFile).map((parsed) => {
    if (parsed.kind === 'scenario') return storyOf(parsed.scenario);
    throw new Error(`${storiesFile}: «${parsed.title}» is no scenario: ${parsed.problems[0]?.message}`);
  });
}

/** The same story with other rules in the repository. */
export function withRules(story: Story, rules: string): Story {
  const files = { ...story.scenario.world.files, [rulesFile]: rules };
  return { ...story, rules, scenario: { ...story.scenario, world: { ...story.scenario.world, files } } };
}
