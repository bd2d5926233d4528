import type { Text } from '../../app/text.ts';
import type { Step } from '../../test/scenarios/scenario.ts';

/** The number GitHub gave to the thread that the scenario calls so; 0 while it has none. */
export type NumberOf = (as: string) => number;

type Keys = Readonly<Record<string, unknown>>;
type Sentence = (keys: Keys, number: string) => Text;

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const code = (value: unknown): string => `\`${word(value).split('\n')[0]}\``;
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map((each) => code(each)) : []);
const both = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });

const units: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  m: ['minute', '分钟'],
  h: ['hour', '小时'],
  d: ['day', '天'],
};

function wait({ for: duration }: Keys): Text {
  const count = Number.parseInt(word(duration), 10);
  const [en, zh] = units[word(duration).slice(-1)] ?? ['', ''];
  return both(`${count} ${en}${count === 1 ? '' : 's'} later`, `${count} ${zh}后`);
}

/** What a text is made of now: its headings, or the answer of a form, whose headings are of the third level. */
function partsOf(body: string): readonly string[] {
  const answer = /^### (.+)\n+(.+)/.exec(body);
  if (answer) return [`${answer[1]}: ${answer[2]}`];
  return [...body.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? '');
}

function edit({ by, title, body }: Keys, number: string): Text {
  const parts = partsOf(word(body)).map((part) => code(part));
  if (title === undefined && parts.length > 0)
    return both(
      `${word(by)} edits the text of ${number}, which now has ${parts.join(', ')}`,
      `${word(by)} 编辑了 ${number} 的正文，现在有 ${parts.join('、')}`,
    );
  if (title === undefined)
    return both(`${word(by)} edits the text of ${number}`, `${word(by)} 编辑了 ${number} 的正文`);
  return both(
    `${word(by)} changes the title of ${number} to ${code(title)}`,
    `${word(by)} 把 ${number} 的标题改为 ${code(title)}`,
  );
}

function push({ by, force, message }: Keys, number: string): Text {
  if (force !== true)
    return both(
      `${word(by)} pushes to ${number}: ${code(message)}`,
      `${word(by)} 向 ${number} 推送了一个提交：${code(message)}`,
    );
  return both(
    `${word(by)} rewrites the branch of ${number} as one commit: ${code(message)}`,
    `${word(by)} 把 ${number} 的分支改写成一个提交：${code(message)}`,
  );
}

const reviews: Readonly<Record<string, (by: string, number: string) => Text>> = {
  approve: (by, number) => both(`${by} approves ${number}`, `${by} 批准了 ${number}`),
  'request-changes': (by, number) => both(`${by} asks for changes in ${number}`, `${by} 要求修改 ${number}`),
  comment: (by, number) => both(`${by} reviews ${number}`, `${by} 评审了 ${number}`),
};

function fault({ 'retry-after': seconds }: Keys): Text {
  const minutes = Number(seconds) / 60;
  return both(
    `GitHub is about to tell the bot to slow down and stay away for ${minutes} minutes`,
    `GitHub 即将要求机器人放慢，${minutes} 分钟内不要再来`,
  );
}

function crash({ applied }: Keys): Text {
  return applied === true
    ? both(
        'The bot will be killed in its next write: GitHub does it, the bot never hears of it',
        '机器人将在下一次写入时被杀：GitHub 已经照办，机器人却听不到回音',
      )
    : both(
        'The bot will be killed in its next write: GitHub never gets it',
        '机器人将在下一次写入时被杀：GitHub 没有收到',
      );
}

function redeliver({ duplicate }: Keys): Text {
  return duplicate === true
    ? both('GitHub sends every event twice more', 'GitHub 把每个事件又重发了两遍')
    : both('Somebody has GitHub send the missed events again', '有人让 GitHub 重发错过的事件');
}

const sentences: Readonly<Record<string, Sentence>> = {
  'open-pull': ({ by, title }) =>
    both(`${word(by)} opens a pull request titled ${code(title)}`, `${word(by)} 提交合并请求，标题是 ${code(title)}`),
  'open-issue': ({ by, title }) =>
    both(`${word(by)} opens an issue titled ${code(title)}`, `${word(by)} 提出 issue，标题是 ${code(title)}`),
  edit,
  push,
  wait,
  fault,
  crash,
  redeliver,
  label: ({ by, labels }, number) =>
    both(
      `${word(by)} puts the label ${list(labels).join(', ')} on ${number}`,
      `${word(by)} 给 ${number} 加上标签 ${list(labels).join('、')}`,
    ),
  unlabel: ({ by, labels }, number) =>
    both(
      `${word(by)} takes the label ${list(labels).join(', ')} off ${number}`,
      `${word(by)} 去掉了 ${number} 的标签 ${list(labels).join('、')}`,
    ),
  comment: ({ by, body }, number) => {
    const lines = word(body).split('\n').map(code);
    return both(
      `${word(by)} comments on ${number}: ${lines.join(', ')}`,
      `${word(by)} 在 ${number} 评论：${lines.join('、')}`,
    );
  },
  review: ({ by, state }, number) => reviews[word(state)]?.(word(by), number) ?? both('', ''),
  check: ({ name, conclusion }, number) =>
    conclusion === 'success'
      ? both(`The build ${code(name)} of ${number} succeeds`, `${number} 的构建 ${code(name)} 成功`)
      : both(
          `The build ${code(name)} of ${number} ends as ${code(conclusion)}`,
          `${number} 的构建 ${code(name)} 结果是 ${code(conclusion)}`,
        ),
  'push-base': ({ by, message }) =>
    both(`${word(by)} pushes to main: ${code(message)}`, `${word(by)} 推送到 main：${code(message)}`),
  'create-branch': ({ by, branch }) =>
    both(`${word(by)} makes the branch ${code(branch)}`, `${word(by)} 建立分支 ${code(branch)}`),
  'workflow-run': ({ workflow, conclusion }, number) =>
    both(
      `The workflow ${code(workflow)} of ${number} ends as ${code(conclusion)}`,
      `${number} 的工作流 ${code(workflow)} 结果是 ${code(conclusion)}`,
    ),
  tag: ({ by, name }) => both(`${word(by)} pushes the tag ${code(name)}`, `${word(by)} 推送标签 ${code(name)}`),
  down: () => both('The bot is stopped', '机器人停机'),
  up: () => both('The bot is started again', '机器人重新启动'),
  http: () =>
    both(
      'Somebody sends the bot an event that GitHub did not sign: “pull request #1 was closed”',
      '有人向机器人发来一个不是 GitHub 签名的事件：“合并请求 #1 已关闭”',
    ),
};

/** What happens in a step, in one sentence for people; null for a step nobody has put in words. */
export function sentenceOf({ name, keys }: Step, numberOf: NumberOf): Text | null {
  const of = word(keys['of']);
  const number = of === '' ? 0 : numberOf(of);
  return sentences[name]?.(keys, number > 0 ? `#${number}` : `\`${of}\``) ?? null;
}
