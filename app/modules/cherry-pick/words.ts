import { code, mention, ours } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import type { PickPull, PickWork } from '../../facts/pick-facts.ts';

export const nothing = phrase({ en: 'nobody asked for a cherry-pick', 'zh-CN': '没有人要求拣选' })();
export const isClosed = phrase({
  en: 'it was closed without being merged, so there is nothing to pick',
  'zh-CN': '没有合并就关闭了，没有可拣选的内容',
})();
export const waiting = phrase<{ branches: Text }>({
  en: 'after the merge: {branches}',
  'zh-CN': '合并后拣选到：{branches}',
});
export const picked = phrase<{ branches: Text }>({ en: 'picked to {branches}', 'zh-CN': '拣选到 {branches}' });
export const settled = phrase({ en: 'every request was dealt with', 'zh-CN': '所有请求都已处理' })();

export const afterMerge = phrase({ en: 'after the merge', 'zh-CN': '合并之后' })();
export const isBase = phrase({ en: 'it was merged there itself', 'zh-CN': '本来就合并到这个分支' })();
export const missing = phrase({ en: 'there is no such branch', 'zh-CN': '没有这个分支' })();
export const contained = phrase({
  en: 'nothing to pick, the change is there already',
  'zh-CN': '无需拣选，这个改动已经在里面了',
})();
export const foreign = phrase<{ branch: Quoted }>({
  en: 'the branch {branch} holds something else already, and I overwrite nothing; once it is gone, ask again',
  'zh-CN': '分支 {branch} 已存在，内容不是这次拣选，机器人不会覆盖；删除后请再次发送指令',
});
export const tooLarge = phrase({
  en: 'too large for me (more than 1,000 changes, or too much changed on both sides); please pick it by hand',
  'zh-CN': '改动太大（超过 1000 处，或两边都改动太多），请手工拣选',
})();
export const unclear = phrase({
  en: 'I cannot tell which commits were merged; please pick it by hand',
  'zh-CN': '无法判断合并了哪些提交，请手工拣选',
})();
export const refused = phrase({
  en: 'GitHub refused to make the branch or its pull request; once that is mended, ask again',
  'zh-CN': 'GitHub 拒绝创建分支或合并请求；解决后请再次发送指令',
})();
export const refusedWorkflows = phrase({
  en: 'it changes `.github/workflows`, and GitHub refused that: it takes the `workflows` right of the App. Once it is granted, ask again',
  'zh-CN': '涉及 `.github/workflows`，被 GitHub 拒绝：需要 App 的 `workflows` 权限；授予后请再次发送指令',
})();
export const notAllowed = phrase<{ who: Quoted; people: Text }>({
  en: '{who} may not ask for it; that is for {people}',
  'zh-CN': '{who} 无权要求，只有{people}可以',
});
export const notKnown = phrase<{ who: Quoted }>({
  en: 'GitHub did not tell me what {who} may do here',
  'zh-CN': 'GitHub 没有告诉我 {who} 的权限',
});

const made = phrase<{ pull: Quoted }>({ en: '{pull}', 'zh-CN': '{pull}' });
const draft = phrase<{ pull: Quoted }>({
  en: '{pull}, a draft: there are conflicts to settle',
  'zh-CN': '{pull}，草稿：有冲突需要解决',
});
const merged = phrase<{ pull: Quoted }>({ en: '{pull}, merged', 'zh-CN': '{pull}，已合并' });
const closed = phrase<{ pull: Quoted }>({
  en: '{pull}, which was closed; reopen it if it is wanted after all',
  'zh-CN': '{pull}，已关闭；如果仍然需要请重新打开',
});

export function madeAs({ number, state, draft: isDraft }: PickPull): Text {
  const pull = ours(`#${number}`);
  if (state === 'merged') return merged({ pull });
  if (state === 'closed') return closed({ pull });
  return (isDraft ? draft : made)({ pull });
}

const head = phrase({ en: 'Cherry-picks of this pull request:', 'zh-CN': '这个合并请求的拣选（cherry-pick）：' })();
const line = phrase<{ branch: Quoted; what: Text }>({ en: '- {branch}: {what}', 'zh-CN': '- {branch}：{what}' });

export interface Line {
  readonly branch: string;
  readonly what: Text;
}

/** The one comment about all of them. */
export const status = (lines: readonly Line[]): Text =>
  joined([head, joined(lines.map(({ branch, what }) => line({ branch: code(branch), what })))], '\n\n');

const baseHere = phrase<{ branch: Quoted }>({
  en: '{branch} is the branch this goes to anyway',
  'zh-CN': '{branch} 就是这个合并请求的目标分支',
});
const noBranch = phrase<{ branches: Text }>({ en: 'there is no branch {branches}', 'zh-CN': '没有分支 {branches}' });

export const codes = (names: readonly string[]): Text => listed(names.map((name) => code(name, 100)));

/** What is wrong with the branches that a command names; null: nothing. */
export function wrong(base: readonly string[], unknown: readonly string[]): Text | null {
  const [here] = base;
  const parts = [
    ...(here === undefined ? [] : [baseHere({ branch: code(here) })]),
    ...(unknown.length === 0 ? [] : [noBranch({ branches: codes(unknown) })]),
  ];
  return parts.length === 0 ? null : joined(parts, '; ');
}

type Kind = PickWork['conflicts'][number]['kind'];

const kinds: Readonly<Record<Kind, Text>> = {
  text: { en: 'both changed the same lines, marked in the file', 'zh-CN': '两边改了相同的行，文件里有标记' },
  'both-added': { en: 'both added it, marked in the file', 'zh-CN': '两边都新增了它，文件里有标记' },
  gone: {
    en: 'changed here, but not on the target branch; it was added',
    'zh-CN': '这里有改动，但目标分支没有这个文件；已加入',
  },
  deleted: {
    en: 'deleted here, but changed on the target branch; it was kept',
    'zh-CN': '这里已删除，但目标分支有改动；予以保留',
  },
  binary: {
    en: 'both changed it, and it is no text; left as on the target branch',
    'zh-CN': '两边都有改动且不是文本；保留目标分支的内容',
  },
  'too-long': {
    en: 'both changed it, and it is too long for me; left as on the target branch',
    'zh-CN': '两边都有改动且太长；保留目标分支的内容',
  },
  mode: {
    en: 'added with another mode on each side; that of the target branch was kept',
    'zh-CN': '两边文件模式不同；保留目标分支的',
  },
  link: {
    en: 'both changed it, and it is a link on one side; left as on the target branch',
    'zh-CN': '两边都有改动，其中有符号链接；保留目标分支的内容',
  },
  submodule: {
    en: 'both changed it, and it is a submodule; left as on the target branch',
    'zh-CN': '两边都有改动的子模块；保留目标分支的内容',
  },
  folder: {
    en: 'a file on one side and a folder on the other; left as on the target branch',
    'zh-CN': '一边是文件，另一边是目录；保留目标分支的内容',
  },
};

const about = phrase<{ pull: Quoted; target: Quoted; commit: Quoted; who: Quoted }>({
  en: 'A cherry-pick of {pull} ({commit}) to {target}, asked for by {who}.',
  'zh-CN': '把 {pull}（{commit}）拣选到 {target}，由 {who} 要求。',
});
const conflicted = phrase<{ count: number }>({
  en: '**{count, plural, one {One path needs} other {# paths need}} a person.** Nothing was settled that both sides changed; do it on this branch, then mark it as ready for review:',
  'zh-CN': '**有 {count} 处需要人来处理。** 两边都改动的内容没有自动取舍，请在本分支上解决，然后标为可评审：',
});
const conflict = phrase<{ path: Quoted; what: Text }>({ en: '- {path}: {what}', 'zh-CN': '- {path}：{what}' });
const more = phrase<{ count: number }>({ en: '- and {count} more', 'zh-CN': '- 另有 {count} 处' });

const mostShown = 100;

/** The text of the pull request. */
export function bodyOf(number: number, target: string, commit: string, login: string, { conflicts }: PickWork): Text {
  const pull = ours(`#${number}`);
  const first = about({ pull, target: code(target), commit: code(commit.slice(0, 12)), who: mention(login) });
  if (conflicts.length === 0) return first;
  const left = conflicts.length - mostShown;
  const lines = conflicts
    .slice(0, mostShown)
    .map(({ path, kind }) => conflict({ path: code(path, 200), what: kinds[kind] }));
  const list = joined([...lines, ...(left > 0 ? [more({ count: left })] : [])]);
  return joined([first, conflicted({ count: conflicts.length }), list], '\n\n');
}
