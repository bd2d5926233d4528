import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import { fullName, type Hub } from '../hub.ts';
import type { Thread } from '../state.ts';
import { repoView } from '../views.ts';
import { chip, type Page, type View } from './page.ts';
import { stateBadge } from './thread-page.ts';

const rulesFile = '.github/github-bot.yml';

/** Where a thread's page is. */
export const pathOf = (hub: Hub, { pull, number }: Thread): string =>
  `/web/${fullName(hub)}/${pull ? 'pull' : 'issues'}/${number}`;

function item(thread: Thread, view: View): VNode {
  const { title, number, author, labels } = thread;
  return html`<li>
    ${stateBadge(thread, view)}
    <span>
      <a href=${pathOf(view.hub, thread)}>${title}</a> ${labels.map((label) => chip(label))}
      <br />
      <span class="quiet">#${number} · ${author.login}</span>
    </span>
  </li>`;
}

function list(title: string, none: string, threads: readonly Thread[], view: View): VNode {
  return html`<section>
    <h2>${title}</h2>
    ${
      threads.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="threads">
            ${threads.map((thread) => item(thread, view))}
          </ul>`
    }
  </section>`;
}

/** Everything in the repository, newest first, and the rules it has for the bot. */
export function repositoryPage(view: View): Page {
  const { hub, t } = view;
  const threads = [...hub.state.threads.values()].toSorted((a, b) => b.number - a.number);
  const [pulls, issues] = [threads.filter((one) => one.pull), threads.filter((one) => !one.pull)];
  const rules = repoView(hub).file('main', rulesFile);
  return {
    title: fullName(view.hub),
    body: html`<div>
      <h1>${fullName(view.hub)}</h1>
      ${list(t('Pull requests', '合并请求'), t('No pull request yet.', '还没有合并请求。'), pulls, view)}
      ${list('Issues', t('No issue yet.', '还没有 issue。'), issues, view)}
      <section>
        <h2><code>${rulesFile}</code></h2>
        ${
          rules === null
            ? html`<p class="quiet">
                ${t('This repository has no rules for the bot.', '这个仓库没有给机器人写规则。')}
              </p>`
            : html`<pre>${rules}</pre>`
        }
      </section>
    </div>`,
  };
}
