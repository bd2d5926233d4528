import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import type { CheckRun, Status } from '../state.ts';
import { rendered } from './markdown.ts';
import { boxClass, heading, mark, type View } from './page.ts';

interface Look {
  readonly mark: string;
  readonly tone: 'pass' | 'fail' | 'wait' | 'quiet';
  readonly en: string;
  readonly zh: string;
}

const looks: Readonly<Record<string, Look>> = {
  success: { mark: '✓', tone: 'pass', en: 'success', zh: '通过' },
  failure: { mark: '✗', tone: 'fail', en: 'failure', zh: '未通过' },
  error: { mark: '✗', tone: 'fail', en: 'error', zh: '出错' },
  action_required: { mark: '!', tone: 'wait', en: 'action required', zh: '需要处理' },
  neutral: { mark: '–', tone: 'quiet', en: 'neutral', zh: '中立' },
  pending: { mark: '…', tone: 'wait', en: 'in progress', zh: '进行中' },
};

function lookOf(state: string): Look {
  return looks[state] ?? { mark: '–', tone: 'quiet', en: state.replaceAll('_', ' '), zh: state };
}

function badge(state: string, { t }: View): VNode {
  const { mark, tone, en, zh } = lookOf(state);
  return html`<span class=${tone}>${mark} ${t(en, zh)}</span>`;
}

const isWeb = (address: string | null): address is string => address !== null && /^https?:\/\//.test(address);

function runBox(run: CheckRun, view: View): VNode {
  const { title, summary, text } = run.output;
  const state = run.status !== 'completed' || run.rerequested ? 'pending' : (run.conclusion ?? 'pending');
  const at = run.completedAt ?? run.startedAt;
  return html`<section class=${boxClass(at, view)}>
    <${heading(3, view)} class="line">${badge(state, view)} <code>${run.name}</code> ${mark(at, view)}<//>
    ${title !== null && html`<p><strong>${title}</strong></p>`} ${summary !== null && rendered(summary, view)}
    ${text !== null && rendered(text, view)}
    ${isWeb(run.detailsUrl) && html`<p><a href=${run.detailsUrl}>${view.t('Details', '详情')}</a></p>`}
  </section>`;
}

function statusBox(status: Status, view: View): VNode {
  return html`<section class=${boxClass(status.createdAt, view)}>
    <${heading(3, view)} class="line">
      ${badge(status.state, view)} <code>${status.context}</code> ${mark(status.createdAt, view)}
    <//>
    ${status.description !== null && html`<p>${status.description}</p>`}
    ${isWeb(status.targetUrl) && html`<p><a href=${status.targetUrl}>${view.t('Details', '详情')}</a></p>`}
  </section>`;
}

/** Check runs and commit statuses on the head of a pull request, the newest of each name. */
export function checkList(sha: string, view: View): VNode {
  const { runs, statuses } = view.hub.state;
  const here = [...runs.values()].filter((run) => run.suite.headSha === sha);
  const newestRuns = new Map(here.map((run) => [`${run.suite.app.slug} ${run.name}`, run]));
  const newest = new Map(statuses.filter((one) => one.sha === sha).map((one) => [one.context, one]));
  const boxes = [
    ...[...newestRuns.values()].map((run) => runBox(run, view)),
    ...[...newest.values()].map((status) => statusBox(status, view)),
  ];
  return html`<section>
    <${heading(2, view)}>${view.t('Checks', '检查')}<//>
    ${boxes.length > 0 ? boxes : html`<p class="quiet">${view.t('No check has reported yet.', '还没有检查结果。')}</p>`}
  </section>`;
}
