import { styleText } from 'node:util';
import type { ThreadView } from '../../test/fake-github/fake-github.ts';
import { play, type Played } from '../../test/scenarios/play.ts';
import type { Failure, Step } from '../../test/scenarios/scenario.ts';
import type { Stage } from '../../test/scenarios/stage.ts';
import type { Say } from './say.ts';
import { rulesFile, storiesFile, type Story } from './stories.ts';

const [longestComment, longestTitle, column] = [3, 140, 10];

/** Two columns, where a Chinese letter is as wide as two others. */
function row(name: string, value: string): string {
  const width = name.length + (name.match(/\p{Script=Han}/gu)?.length ?? 0);
  return `     ${name}${' '.repeat(Math.max(column - width, 1))}${value}`;
}

/** The bot's own words without markers and empty lines, cut short. */
function spoken(body: string): string {
  const lines = body.replaceAll(/<!--.*?-->/gs, '').split('\n');
  const said = lines.filter((line) => line.trim() !== '').slice(0, longestComment);
  return said.join(`\n${row('', '')}`);
}

const cut = (title: string) => (title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title);

const indented = (text: string) => text.trimEnd().replaceAll(/^/gm, '     ');

/** What was seen while stories were told on a terminal. */
export interface Tally {
  stories: number;
  looks: number;
  events: number;
  requests: number;
  writes: number;
}

/** Plays stories on a terminal: what people did, and what GitHub shows then. */
export class Teller {
  readonly tally: Tally = { stories: 0, looks: 0, events: 0, requests: 0, writes: 0 };
  readonly #say: Say;
  readonly #print: (line: string) => void;
  /** Requests and events of the story being told that are counted already. */
  #seen = 0;
  #delivered = 0;

  constructor(say: Say, print: (line: string) => void) {
    this.#say = say;
    this.#print = print;
  }

  /** Plays a story to its end, or to the step that fails. */
  async tell(story: Story): Promise<Played['outcome']> {
    this.tally.stories += 1;
    this.#seen = 0;
    this.#delivered = 0;
    this.#print(`\n${styleText('bold', `${this.tally.stories}. ${this.#say(story.title)}`)}`);
    this.#print(styleText('gray', indented(`${rulesFile}\n${story.rules}`)));
    const { outcome } = await play(story.scenario, {
      before: (step) => this.#before(step, story),
      after: (step, _sentence, stage, failures) => this.#after(step, stage, failures),
    });
    const { failed } = outcome;
    if (failed?.error != null) this.#print(styleText('red', `     ✗ ${storiesFile}:${failed.line}: ${failed.error}`));
    return outcome;
  }

  #before(step: Step, { beats }: Story): void {
    const beat = beats.find(({ act }) => act === step);
    if (beat) this.#print(`   ${this.#say(beat.says).replaceAll(/`([^`]*)`/g, '“$1”')}`);
  }

  #after({ name, keys }: Step, stage: Stage, failures: readonly Failure[]): void {
    this.#count(stage);
    if (name !== 'expect') return;
    const { of } = keys;
    this.tally.looks += 1;
    for (const line of typeof of === 'string' ? this.#shown(of, stage) : this.#released(stage)) this.#print(line);
    for (const { key, expected, seen } of failures) {
      const [should, is] = [this.#say({ en: 'expected', 'zh-CN': '应为' }), this.#say({ en: 'seen', 'zh-CN': '实际' })];
      this.#print(styleText('red', `     ✗ ${key}: ${should} ${expected}, ${is} ${seen}`));
    }
  }

  #count({ fake }: Stage): void {
    const own = fake.journal.slice(this.#seen).filter(({ as }) => as === 'installation');
    this.#seen = fake.journal.length;
    this.tally.requests += own.length;
    this.tally.writes += own.filter(({ write }) => write).length;
    this.tally.events += fake.deliveries.length - this.#delivered;
    this.#delivered = fake.deliveries.length;
  }

  #shown(as: string, stage: Stage): string[] {
    const view = stage.fake.thread(as);
    const comments = view.comments.filter(({ us, minimized }) => us && !minimized);
    const state = this.#say({ en: 'state', 'zh-CN': '状态' });
    const comment = this.#say({ en: 'comment', 'zh-CN': '评论' });
    return [
      row(state, this.#state(view)),
      ...this.#checks(as, view, stage),
      ...comments.map(({ body }) => row(comment, spoken(body))),
    ];
  }

  #released(stage: Stage): string[] {
    const newest = stage.fake.repository().releases.at(-1);
    if (!newest) return [];
    return [row(this.#say({ en: 'release', 'zh-CN': '发布' }), newest.tag), indented(indented(newest.body))];
  }

  #state({ state, reason, labels, assignees, reviewers }: ThreadView): string {
    const names = {
      open: { en: 'open', 'zh-CN': '打开' },
      closed: { en: 'closed', 'zh-CN': '已关闭' },
      merged: { en: 'merged', 'zh-CN': '已合并' },
    };
    const planned = { en: ' as not planned', 'zh-CN': '（不打算处理）' };
    const why = state === 'closed' && reason === 'not_planned' ? this.#say(planned) : '';
    const more = [
      [{ en: 'labels', 'zh-CN': '标签' }, labels],
      [{ en: 'assigned', 'zh-CN': '负责人' }, assignees],
      [{ en: 'reviewers', 'zh-CN': '评审人' }, reviewers],
    ] as const;
    const told = more.filter(([, values]) => values.length > 0);
    const lists = told.map(([name, values]) => {
      const all = { en: `, ${name.en}: ${values.join(', ')}`, 'zh-CN': `，${name['zh-CN']}：${values.join('、')}` };
      return this.#say(all);
    });
    return `${this.#say(names[state])}${why}${lists.join('')}`;
  }

  #checks(as: string, { head }: ThreadView, stage: Stage): string[] {
    if (head === null) return [];
    const { checks, checkSummaries } = stage.fake.commit(as);
    const name = this.#say({ en: 'check', 'zh-CN': '检查' });
    return Object.entries(checks).map(([check, conclusion]) =>
      row(name, `${conclusion} – ${cut(checkSummaries[check]?.title ?? check)}`),
    );
  }
}
