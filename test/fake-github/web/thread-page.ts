import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import type { Label, Thread } from '../state.ts';
import { checkList } from './check-list.ts';
import { chip, heading, mark, type Page, type View } from './page.ts';
import { post, timeline } from './timeline.ts';

/** Whether a thread is open, in a sign and a word. */
export function stateBadge({ state, reason, pull }: Thread, { t }: View): VNode {
  if (pull?.mergedAt) return html`<span class="badge merged">◆ ${t('Merged', '已合并')}</span>`;
  if (state === 'open') {
    const draft = pull?.draft ?? false;
    return html`<span class=${`badge ${draft ? 'closed' : 'open'}`}
      >○ ${draft ? t('Draft', '草稿') : t('Open', '打开')}</span
    >`;
  }
  const why = reason === 'not_planned' ? t(' as not planned', '（不打算处理）') : '';
  return html`<span class="badge closed">● ${t('Closed', '已关闭')}${why}</span>`;
}

function opening({ author, pull }: Thread, { t }: View): VNode {
  const by = html`<strong>${author.login}</strong>`;
  if (!pull) return html`<span>${by} ${t('opened this issue', '提出了这个 issue')}</span>`;
  const [base, head] = [html`<code>${pull.baseRef}</code>`, html`<code>${pull.headRef}</code>`];
  return html`<span>${by} ${t('wants to merge', '想把')} ${head} ${t('into', '合并到')} ${base}</span>`;
}

function row(name: string, values: readonly (string | VNode)[]): VNode | null {
  return values.length === 0
    ? null
    : html`<div>
        <dt>${name}</dt>
        <dd>${values}</dd>
      </div>`;
}

/** A label, marked when it was put on lately. */
function worn(label: Label, { timeline: events }: Thread, view: View): VNode[] {
  const put = events.findLast(({ kind, what }) => kind === 'labeled' && (what['label'] as Label).id === label.id);
  const isNew = mark(put?.at ?? null, view);
  return isNew ? [chip(label), isNew] : [chip(label)];
}

const inList = (values: readonly string[]) => (values.length > 0 ? [values.join(', ')] : []);

function facts(thread: Thread, view: View): VNode {
  const { t } = view;
  const { labels, assignees, milestone, locked, pull } = thread;
  const reviewers = [
    ...(pull?.reviewers.map((who) => who.login) ?? []),
    ...(pull?.teams.map((team) => team.slug) ?? []),
  ];
  const none = html`<span class="quiet">${t('none', '无')}</span>`;
  return html`<dl class="facts">
    ${row(t('Labels', '标签'), labels.length > 0 ? labels.flatMap((label) => worn(label, thread, view)) : [none])}
    ${row(t('Assignees', '负责人'), inList(assignees.map((who) => who.login)))}
    ${row(t('Reviewers', '评审人'), inList(reviewers))}
    ${row(t('Milestone', '里程碑'), milestone ? [milestone.title] : [])}
    ${row(t('Conversation', '讨论'), locked ? [t('locked', '已锁定')] : [])}
  </dl>`;
}

/** When something of this kind happened last; null when it never did. */
const editedAt = ({ timeline: events }: Thread, kind: string) =>
  events.findLast((event) => event.kind === kind)?.at ?? null;

/** An issue or pull request as GitHub would show it, in short. */
export function threadPage(thread: Thread, view: View): Page {
  const { number, title, author, createdAt, body, pull, reactions } = thread;
  return {
    title: `${title} #${number}`,
    body: html`<div>
      <${heading(1, view)} class="title">
        ${title} <span class="quiet">#${number}</span> ${mark(editedAt(thread, 'renamed'), view)}
      <//>
      <p class="opening">${stateBadge(thread, view)} ${opening(thread, view)}</p>
      ${facts(thread, view)}
      ${post({ id: 'description', by: author, at: createdAt, editedAt: thread.editedAt, says: body ?? '', reactions }, view)}
      ${pull && checkList(pull.headSha, view)} ${timeline(thread, view)}
    </div>`,
  };
}
