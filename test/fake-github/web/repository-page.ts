import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import { fullName, type Hub } from '../hub.ts';
import type { Release, Thread } from '../state.ts';
import { repoView } from '../views.ts';
import { rendered } from './markdown.ts';
import { boxClass, chip, heading, mark, when, type Page, type View } from './page.ts';
import { stateBadge } from './thread-page.ts';

const rulesFile = '.github/github-bot.yml';

/** Where a thread's page is. */
export const pathOf = (hub: Hub, { pull, number }: Thread): string =>
  `/web/${fullName(hub)}/${pull ? 'pull' : 'issues'}/${number}`;

const mostCommits = 5;

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
    <${heading(2, view)}>${title}<//>
    ${
      threads.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="threads">
            ${threads.map((thread) => item(thread, view))}
          </ul>`
    }
  </section>`;
}

function release(one: Release, view: View): VNode {
  const at = one.publishedAt ?? one.createdAt;
  return html`<article class=${boxClass(at, view)}>
    <${heading(3, view)} class="line">${one.name ?? one.tag} ${mark(at, view)}<//>
    <p class="byline quiet"><code>${one.tag}</code> · ${one.author.login} ${when(at)}</p>
    ${rendered(one.body, view)}
  </article>`;
}

function releases(view: View): VNode | null {
  const all = [...view.hub.state.releases.values()].filter(({ draft }) => !draft).reverse();
  if (all.length === 0) return null;
  return html`<section>
    <${heading(2, view)}>${view.t('Releases', '发布')}<//>
    ${all.map((one) => release(one, view))}
  </section>`;
}

/** The newest commits of the default branch, along the first parents. */
function commits(view: View): VNode {
  const { git, refs } = view.hub.state;
  const found: VNode[] = [];
  for (let sha = refs.get('heads/main'); sha !== undefined && found.length < mostCommits;) {
    const commit = git.commits.get(sha);
    const [subject] = (commit?.message ?? '').split('\n');
    const at = commit?.committer.date ?? 0;
    found.push(
      html`<li class=${boxClass(at, view, 'event')}>
        <code>${sha.slice(0, 7)}</code> ${subject}${' '}
        <span class="quiet">${commit?.author.login ?? commit?.author.name}</span>
        ${' '}${mark(at, view)}
      </li>`,
    );
    sha = commit?.parents[0];
  }
  return html`<section>
    <${heading(2, view)}>${view.t('Commits on main', 'main 上的提交')}<//>
    <ul class="plain">
      ${found}
    </ul>
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
      <${heading(1, view)} class="title">${fullName(view.hub)}<//>
      ${releases(view)}
      ${list(t('Pull requests', '合并请求'), t('No pull request yet.', '还没有合并请求。'), pulls, view)}
      ${list('Issues', t('No issue yet.', '还没有 issue。'), issues, view)} ${commits(view)}
      <section>
        <${heading(2, view)}><code>${rulesFile}</code><//>
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
