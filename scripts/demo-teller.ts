import { styleText } from 'node:util';
import type { ThreadView } from '../test/fake-github/fake-github.ts';
import type { Failure, Step } from '../test/scenarios/scenario.ts';
import type { Stage } from '../test/scenarios/stage.ts';
import { sentenceOf, storyOf, type Say } from './demo-words.ts';

const dim = (line: string) => styleText('gray', line);
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

/** Tells a scenario on the terminal while it is played: what people did, what GitHub shows then, and where to look. */
export class Teller {
  stories = 0;
  looks = 0;
  /** The threads of the story being told. */
  #threads = new Set<string>();
  #requestsSeen = 0;
  readonly #begun = new Set<string>();
  readonly #say: Say;
  readonly #print: (line: string) => void;

  constructor(say: Say, print: (line: string) => void) {
    this.#say = say;
    this.#print = print;
  }

  before(step: Step, stage: Stage): void {
    if (step.name === 'expect') return;
    const story = storyOf(step, this.#say);
    if (story !== null && !this.#begun.has(story)) {
      this.close(stage);
      this.#begun.add(story);
      this.#print(`\n${styleText('bold', `${++this.stories}. ${story}`)}`);
    }
    this.#print(`   ${sentenceOf(step, (as) => stage.fake.thread(as).number, this.#say)}`);
  }

  after({ name, keys }: Step, stage: Stage, failures: readonly Failure[]): void {
    const { of } = keys;
    if (name !== 'expect' || typeof of !== 'string') return;
    this.looks += 1;
    this.#threads.add(of);
    for (const line of this.#shown(of, stage)) this.#print(line);
    for (const { key, expected, seen } of failures) {
      this.#print(
        styleText(
          'red',
          `     ✗ ${key}: ${this.#say('expected', '应为')} ${expected}, ${this.#say('seen', '实际')} ${seen}`,
        ),
      );
    }
  }

  /** Ends a story: where both sides of it can be looked at. */
  close(stage: Stage): void {
    for (const as of this.#threads) {
      const { kind, number } = stage.fake.thread(as);
      const path = `${stage.fake.repo.owner}/${stage.fake.repo.name}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`;
      this.#print(dim(`   ${this.#say('GitHub shows    ', 'GitHub 页面 ')}  ${stage.fake.url}/web/${path}`));
      this.#print(dim(`   ${this.#say('the bot says why', '机器人的理由')}  ${stage.botUrl}/r/${path}`));
    }
    this.#threads = new Set();
  }

  #shown(as: string, stage: Stage): string[] {
    const view = stage.fake.thread(as);
    const requests = stage.fake.journal.filter((entry) => entry.as === 'installation');
    const fresh = requests.slice(this.#requestsSeen);
    this.#requestsSeen = requests.length;
    const writes = fresh.filter(({ write }) => write).length;
    const comments = view.comments.filter(({ us, minimized }) => us && !minimized);
    return [
      row(this.#say('state', '状态'), this.#state(view)),
      ...this.#checks(as, view, stage),
      ...comments.map(({ body }) => row(this.#say('comment', '评论'), spoken(body))),
      row(
        this.#say('the bot', '机器人'),
        this.#say(
          `${fresh.length} requests, ${writes} of them writes`,
          `${fresh.length} 次请求，其中 ${writes} 次写入`,
        ),
      ),
    ];
  }

  #state({ state, reason, labels }: ThreadView): string {
    const names = {
      open: this.#say('open', '打开'),
      closed: this.#say('closed', '已关闭'),
      merged: this.#say('merged', '已合并'),
    };
    const why = state === 'closed' && reason === 'not_planned' ? this.#say(' as not planned', '（不打算处理）') : '';
    const worn = labels.length > 0 ? this.#say(`, labels: ${labels.join(', ')}`, `，标签：${labels.join('、')}`) : '';
    return `${names[state]}${why}${worn}`;
  }

  #checks(as: string, { head }: ThreadView, stage: Stage): string[] {
    if (head === null) return [];
    const { checks, checkSummaries } = stage.fake.commit(as);
    return Object.entries(checks).map(([name, conclusion]) =>
      row(this.#say('check', '检查'), `${conclusion} – ${cut(checkSummaries[name]?.title ?? name)}`),
    );
  }
}
