import type { Text } from '../../app/text.ts';

export type Group = 'issues' | 'pulls' | 'commands' | 'merging' | 'rules' | 'trouble';

/** What people read about one scenario of `demo.yml`, besides its English title. */
export interface Told {
  /** Its address on the page. */
  readonly id: string;
  readonly group: Group;
  readonly zh: string;
  readonly about: Text;
}

export const groups: Readonly<Record<Group, Text>> = {
  pulls: { en: 'Pull requests', 'zh-CN': '合并请求' },
  issues: { en: 'Issues', 'zh-CN': 'Issue' },
  commands: { en: 'Commands', 'zh-CN': '命令' },
  merging: { en: 'Merges and releases', 'zh-CN': '合并与发布' },
  rules: { en: 'Rules', 'zh-CN': '规则' },
  trouble: { en: 'When things go wrong', 'zh-CN': '出问题的时候' },
};

function told(id: string, group: Group, zh: string, en: string, about: string): Told {
  return { id, group, zh, about: { en, 'zh-CN': about } };
}

/** By English title, exactly as `demo.yml` has it. */
export const titles: Readonly<Record<string, Told>> = {
  'A title without a type is told once, and forgiven when it is mended': told(
    'title',
    'pulls',
    '标题缺少类型：只提醒一次，改好就收回',
    'One check, one label, one comment that is edited in place. When the title is right all three are taken back.',
    '一个检查、一个标签、一条就地修改的评论。标题改好后，三样都会收回。',
  ),
  'Who writes Chinese is answered in Chinese': told(
    'chinese',
    'pulls',
    '用中文写的，用中文回答',
    'The bot answers in the language of the thread; this page shows its reasons in yours.',
    '机器人用帖子的语言回答；本页则用你的语言说明理由。',
  ),
  'The type of a title becomes a label, and follows it': told(
    'title-label',
    'pulls',
    '标题的类型变成标签，并随之改变',
    'The bot swaps the label it put on; a label that a person put on would stay.',
    '机器人只替换自己加的标签；人加的标签会保留。',
  ),
  'Commit messages are checked, and forgiven when the branch is rewritten': told(
    'commits',
    'pulls',
    '检查提交说明，改写分支后收回提醒',
    'Every commit of the branch is looked at, and the comment names the one that needs a better message.',
    '逐个检查分支上的提交，评论会点出需要改写说明的那一个。',
  ),
  'A report that lacks a part is told which, and is fine once it is complete': told(
    'template',
    'issues',
    '反馈缺少内容：指出缺哪部分，补全就好',
    'The comment lists what is still missing and shrinks with every edit. Nobody is scolded, nothing is closed.',
    '评论列出还缺什么，每次编辑后随之变短。不责怪人，也不关闭。',
  ),
  'An incomplete report is closed after a week, and opened again by an edit': told(
    'grace',
    'issues',
    '内容不全的反馈：一周后关闭，补全后重新打开',
    'The rules give seven days. Time is pretended here, so that a week passes in a moment.',
    '规则给了七天时间。这里的时间是模拟的，一周转眼就过。',
  ),
  'The answers of an issue form become labels': told(
    'form',
    'issues',
    'issue 表单的回答变成标签',
    'The rules say which answer means which label; when the answer changes, so does the label.',
    '规则写明哪个回答对应哪个标签；回答改了，标签跟着改。',
  ),
  'A label brings in the people who own it': told(
    'owner',
    'issues',
    '标签把负责人请来',
    'On an issue owners are assigned, on a pull request they are asked for a review, teams too.',
    '在 issue 上指派负责人，在合并请求上请他们（或团队）评审。',
  ),
  'A protected label comes back when somebody else takes it off': told(
    'protected',
    'issues',
    '受保护的标签被别人去掉后会恢复',
    'Only the keepers named in the rules may move this label. Others are told once.',
    '只有规则里写明的人可以动这个标签；其他人会被告知一次。',
  ),
  'A label asks for a demo; silence closes the issue, an answer opens it': told(
    'reply',
    'issues',
    '一个标签请作者补演示：没有回复就关闭，回复后重新打开',
    'An answer in your own words for a label, with a date until which the author has time.',
    '给标签配上你自己的话，并给作者一个期限。',
  ),
  'Two bots never talk in circles': told(
    'loop',
    'issues',
    '两个机器人不会没完没了地对话',
    'The rule answers every comment with the word thanks, unless a bot wrote it.',
    '规则会回复每条含有 thanks 的评论，但机器人写的除外。',
  ),
  '/lgtm and /approve land a pull request; a push takes the lgtm back': told(
    'lgtm',
    'commands',
    '/lgtm 加 /approve 就合并；再推送，lgtm 就收回',
    'An lgtm is bound to the commit its author saw, an approval to the files of an owner. A label put on by hand is neither.',
    'lgtm 只对当时看到的提交有效，approve 由文件的负责人给出；手动加的标签都不算。',
  ),
  'A hold keeps what is ready from landing until its time is up': told(
    'hold',
    'commands',
    '/hold 按住已就绪的合并，到时间自动放行',
    'Anybody may hold, with a reason and an end. Whoever asks /why reads both.',
    '谁都可以按住，写明理由和期限；用 /why 一问便知。',
  ),
  'A slip in a command gets one hint, and what cannot be done says why': told(
    'slip',
    'commands',
    '命令打错了：提示一次；做不到的，说明原因',
    'What was done gets a rocket and no words.',
    '做成了的只回一个 🚀，不多说话。',
  ),
  '/cherry-pick brings what was merged to another branch': told(
    'pick',
    'commands',
    '/cherry-pick 把合并的改动带到另一个分支',
    'Asked for before the merge, it waits for it; then there is a pull request onto the other branch.',
    '合并之前提出也行：合并之后，就会有一个指向另一分支的合并请求。',
  ),
  '/retest runs again what failed, and nothing else': told(
    'retest',
    'commands',
    '/retest 只重跑失败的检查',
    'Workflows of GitHub Actions, and checks of other Apps.',
    'GitHub Actions 的工作流和其他 App 的检查都行。',
  ),
  'A merge waits until nothing is missing, then happens by itself': told(
    'merge',
    'merging',
    '合并等到什么都不缺，就自动进行',
    'Each time the bot says what is still missing and who can act: a title, an approval, a build.',
    '机器人每次都说清还缺什么、该谁处理：标题、批准、构建。',
  ),
  'A freeze holds every merge but the urgent one': told(
    'freeze',
    'merging',
    '冻结期内只放行紧急修复',
    'No merges on Mondays from 8:00 to 20:00, except with the label hotfix.',
    '每周一 8:00 到 20:00 不合并，带 hotfix 标签的除外。',
  ),
  'A version tag gets its release notes': told(
    'release',
    'merging',
    '推送版本标签，自动写好发布说明',
    'The commits since the version before, by type and with their authors.',
    '列出上个版本以来的提交，按类型分组，附上作者。',
  ),
  'A slip in a pull request with rules is told on its line': told(
    'rules-pull',
    'rules',
    '合并请求里的规则写错了：指出是哪一行',
    'Line, column and the nearest valid word, before the rules are merged. Until then they count for nothing.',
    '合并之前就指出行、列和最接近的写法；合并之前，这些规则不起作用。',
  ),
  'While the rules on main are broken, those before them judge': told(
    'rules-main',
    'rules',
    '主分支上的规则写坏了：先按之前的规则检查',
    'Open pull requests are told at once, and are decided anew when the rules are mended.',
    '打开着的合并请求会立刻得到通知；规则修好后重新检查。',
  ),
  'A new rule in three steps: preview, warn, enforce': told(
    'modes',
    'rules',
    '新规则分三步：预览、提醒、强制',
    'First the bot only records what it would say; then it speaks without blocking; then the check fails.',
    '先只记录会说什么，再提醒但不阻拦，最后检查才会不通过。',
  ),
  'What the operator locked, a repository cannot switch off': told(
    'locked',
    'rules',
    '运维锁定的规则，仓库关不掉',
    'The rules of the server stand above those of the repository; what they lock stays.',
    '服务器的规则在仓库之上，锁定的部分不能改。',
  ),
  'What was missed while the bot was down is done later, and nothing twice': told(
    'missed',
    'trouble',
    '停机时错过的事，之后补上，而且不会重复',
    'Events that come again are recognised; what was missed is done.',
    '重复的事件能认出来；错过的事会补做。',
  ),
  'Killed in the middle of a comment, the bot says it once': told(
    'crash',
    'trouble',
    '写评论时进程被杀，评论仍然只有一条',
    'Once GitHub got the comment before the process died, once it did not. Both times there is one comment in the end.',
    '一次是 GitHub 已收到评论，一次是没收到。两次最后都恰好只有一条。',
  ),
  'When GitHub says slow down, the bot waits and loses nothing': told(
    'limit',
    'trouble',
    'GitHub 要求放慢时，机器人等待，什么也不丢',
    'While the pause lasts not one request is sent. Afterwards the newest title is judged.',
    '暂停期间不发任何请求；结束后按最新的标题检查。',
  ),
  'A forged event is refused at the door': told(
    'forged',
    'trouble',
    '伪造的事件在门口就被拒绝',
    'A call with a wrong signature costs one answer, changes nothing, and sends no request to GitHub.',
    '签名不对的调用只得到一个拒绝：什么也不变，也不会向 GitHub 发请求。',
  ),
};
