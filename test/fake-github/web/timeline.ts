import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import type { Account, Comment, Label, Reaction, Review, Thread, TimelineEvent } from '../state.ts';
import { rendered } from './markdown.ts';
import { boxClass, chip, heading, mark, when, type View } from './page.ts';

type What = TimelineEvent['what'];
type Said = VNode | string | readonly (VNode | string)[];

const short = (sha: unknown) => html`<code>${String(sha).slice(0, 7)}</code>`;
const login = (who: unknown) => (who as Account | undefined)?.login ?? '';
const labelIn = (what: What, { hub }: View) => {
  const then = what['label'] as Label;
  return chip([...hub.state.labels.values()].find(({ id }) => id === then.id) ?? then);
};

function asked(what: What): string {
  const team = what['team'] as { slug: string } | undefined;
  return team ? `@acme/${team.slug}` : login(what['reviewer']);
}

const reasons: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  not_planned: ['as not planned', '（不打算处理）'],
  completed: ['as completed', '（已完成）'],
  duplicate: ['as a duplicate', '（重复）'],
};

function closed(what: What, { t }: View): string {
  const [en, zh] = reasons[String(what['reason'])] ?? ['', ''];
  return t(`closed this ${en}`.trim(), `关闭了它${zh}`);
}

function committed(what: What, { hub, t }: View): Said {
  const commit = hub.state.git.commits.get(String(what['sha']));
  return [t('committed ', '提交了 '), short(what['sha']), ` ${commit?.message.split('\n')[0] ?? ''}`];
}

const sentences: Readonly<Record<string, (what: What, view: View) => Said>> = {
  labeled: (what, view) => [view.t('added the label ', '添加了标签 '), labelIn(what, view)],
  unlabeled: (what, view) => [view.t('removed the label ', '去掉了标签 '), labelIn(what, view)],
  renamed: (what, { t }) => [
    t('changed the title from ', '把标题从 '),
    html`<del>${what['from']}</del>`,
    t(' to ', ' 改为 '),
    html`<ins>${what['to']}</ins>`,
  ],
  closed,
  reopened: (_, { t }) => t('reopened this', '重新打开了它'),
  merged: (what, { t }) => [t('merged this as ', '合并了它：'), short(what['sha'])],
  committed,
  head_ref_force_pushed: (what, { t }) => [
    ...[t('force-pushed from ', '强制推送：'), short(what['before'])],
    ...[t(' to ', ' → '), short(what['after'])],
  ],
  head_ref_deleted: (_, { t }) => t('deleted the branch', '删除了分支'),
  base_ref_changed: (what, { t }) =>
    t(
      `changed the base from ${String(what['from'])} to ${String(what['to'])}`,
      `目标分支从 ${String(what['from'])} 改为 ${String(what['to'])}`,
    ),
  assigned: (what, { t }) => `${t('assigned', '指派了')} ${login(what['assignee'])}`,
  unassigned: (what, { t }) => `${t('unassigned', '取消指派')} ${login(what['assignee'])}`,
  review_requested: (what, { t }) => `${t('asked for a review from', '请求评审：')} ${asked(what)}`,
  review_request_removed: (what, { t }) => `${t('no longer asks for a review from', '取消评审请求：')} ${asked(what)}`,
  review_dismissed: (_, { t }) => t('dismissed a review', '撤销了一个评审'),
  milestoned: (what, { t }) => `${t('set the milestone', '设置了里程碑')} ${String(what['title'])}`,
  demilestoned: (what, { t }) => `${t('took off the milestone', '去掉了里程碑')} ${String(what['title'])}`,
  convert_to_draft: (_, { t }) => t('made this a draft', '改为草稿'),
  ready_for_review: (_, { t }) => t('marked this as ready for review', '标记为可以评审'),
};

const bot = ({ type }: Account, { t }: View) =>
  type === 'Bot' ? html`<span class="tag">${t('bot', '机器人')}</span>` : '';

interface Post {
  readonly id: string;
  readonly by: Account;
  readonly at: number;
  readonly editedAt?: number | null;
  readonly says: string;
  readonly note?: Said;
  readonly reactions: readonly Reaction[];
}

const signs: Readonly<Record<string, string>> = {
  ...{ '+1': '👍', '-1': '👎', laugh: '😄', hooray: '🎉', confused: '😕', heart: '❤️', rocket: '🚀', eyes: '👀' },
};

/** Who answered with a sign, instead of with words. */
function reactionList(reactions: readonly Reaction[], view: View): VNode | string {
  if (reactions.length === 0) return '';
  return html`<p class="reactions">
    ${reactions.map(
      ({ content, user, createdAt }) =>
        html`<span class="tag" title=${content}>${signs[content] ?? content} ${user.login}</span>
          ${mark(createdAt, view)}`,
    )}
  </p>`;
}

/** A description, comment or review: who, when and the text. */
export function post({ id, by, at, editedAt = null, says, note = '', reactions }: Post, view: View): VNode {
  const newest = editedAt ?? at;
  const edited = editedAt === null ? '' : html`<span class="quiet">${view.t('edited', '编辑过')}</span>`;
  return html`<article class=${boxClass(newest, view)} id=${id}>
    <p class="byline">
      <strong>${by.login}</strong> ${bot(by, view)} ${note} ${when(at)} ${edited} ${mark(newest, view)}
    </p>
    ${says.trim() === '' ? html`<p class="quiet">${view.t('No description.', '没有描述。')}</p>` : rendered(says, view)}
    ${reactionList(reactions, view)}
  </article>`;
}

function commentBox(comment: Comment, view: View): VNode {
  const { t } = view;
  const { id, user, createdAt, editedAt, minimized, minimizedAt, body, reactions } = comment;
  const shown = post({ id: `issuecomment-${id}`, by: user, at: createdAt, editedAt, says: body, reactions }, view);
  if (minimized === null) return shown;
  const why = minimized === 'resolved' ? t('resolved', '已解决') : minimized.replaceAll('-', ' ');
  const at = minimizedAt ?? null;
  return html`<details class=${boxClass(at, view, 'folded')}>
    <summary>
      ${t(`A comment of ${user.login}, hidden as ${why}`, `${user.login} 的评论，已折叠（${why}）`)} ${mark(at, view)}
    </summary>
    ${shown}
  </details>`;
}

const reviewed: Readonly<Record<Review['state'], readonly [en: string, zh: string]>> = {
  APPROVED: ['✓ approved', '✓ 批准'],
  CHANGES_REQUESTED: ['✗ asked for changes', '✗ 要求修改'],
  COMMENTED: ['reviewed', '评审'],
  DISMISSED: ['– reviewed (dismissed)', '– 评审（已撤销）'],
  PENDING: ['… is reviewing', '… 评审中'],
};

function reviewBox({ id, user, state, body, submittedAt, reactions }: Review, view: View): VNode {
  const note = view.t(...reviewed[state]);
  if (body !== '') return post({ id: `review-${id}`, by: user, at: submittedAt, says: body, note, reactions }, view);
  return html`<p class=${boxClass(submittedAt, view, 'event')}>
    <strong>${user.login}</strong> ${note} ${when(submittedAt)} ${mark(submittedAt, view)}
  </p>`;
}

function entry(event: TimelineEvent, thread: Thread, view: View): VNode | null {
  const { kind, what, actor, at } = event;
  if (kind === 'commented') {
    const comment = view.hub.state.comments.get(event.id);
    return comment ? commentBox(comment, view) : null;
  }
  if (kind === 'reviewed') {
    const review = thread.pull?.reviews.find(({ id }) => id === what['review']);
    return review ? reviewBox(review, view) : null;
  }
  const said = sentences[kind]?.(what, view) ?? kind.replaceAll('_', ' ');
  return html`<p class=${boxClass(at, view, 'event')}>
    <strong>${actor?.login ?? 'ghost'}</strong> ${said} ${when(at)} ${mark(at, view)}
  </p>`;
}

/** Everything that happened on a thread, oldest first. */
export function timeline(thread: Thread, view: View): VNode {
  const entries = thread.timeline.map((event) => entry(event, thread, view));
  return html`<section>
    <${heading(2, view)}>${view.t('What happened', '经过')}<//>
    ${entries}
  </section>`;
}
