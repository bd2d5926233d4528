import type { VNode } from 'preact';
import type { FactSources } from '../../../app/web/facts.ts';
import { html } from '../../../app/web/page.ts';
import { inline } from '../../../app/web/prose.ts';
import { type Moment, repository, type Shown } from '../moment.ts';
import type { DemoWorld } from '../world.ts';
import { botPane } from './bot-pane.ts';
import { clockTime, type Reader } from './layout.ts';
import { rulesForm, type Tried } from './rules-form.ts';

/** What of a story is looked at. */
export interface Choice {
  /** The moment, by how many beats had been played; null for the newest. */
  readonly at: number | null;
  /** The thread, by its number, or `repository`; null for what the step was about. */
  readonly show: string | null;
  readonly tried: Tried | null;
}

interface Scene {
  readonly world: DemoWorld;
  readonly moment: Moment;
  readonly shown: Shown;
  readonly around: Around;
  readonly reader: Reader;
}

/** What every story's page needs besides the story. */
export interface Around {
  readonly doors: { readonly bot: string; readonly fake: string };
  readonly about: FactSources;
}

function button(name: string, { world, reader }: Scene, label: VNode | string): VNode {
  const { id } = world.story;
  const over = world.isOver && name !== 'reset';
  return html`<form method="post" action=${reader.link(`/demo/${id}/${name}`)} data-live=${name}>
    <button id=${name} class=${name === 'step' ? 'primary' : ''} disabled=${over}>${label}</button>
  </form>`;
}

function controls(scene: Scene): VNode {
  const { world, reader } = scene;
  const { t, language } = reader;
  const next = world.hasFailed ? undefined : world.story.beats[world.place];
  const sign = (text: string) => html`<span aria-hidden="true">${text}</span>`;
  return html`<div class="controls">
    ${button('play', scene, html`<span>${sign('▶ ')}<span data-word=${t('Pause', '暂停')}>${t('Play', '播放')}</span></span>`)}
    ${button('step', scene, html`<span>${t('Step', '下一步')}${sign(' →')}</span>`)}
    ${button('reset', scene, html`<span>${sign('↺ ')}${t('Reset', '重置')}</span>`)}
    <p class="next">
      ${
        next
          ? html`<span class="quiet">${t('Next:', '接下来：')}</span> ${inline(next.says[language])}`
          : world.hasFailed
            ? html`<span class="fail">✗ ${t('The story stopped here.', '故事在这里中断。')}</span>`
            : html`<span class="pass">✓ ${t('The story is over.', '故事讲完了。')}</span>`
      }
    </p>
  </div>`;
}

function beats({ world, moment, reader }: Scene): VNode {
  const { t, link, language } = reader;
  const begin = { en: 'A repository with the rules below', 'zh-CN': '一个仓库，规则见下方' };
  const lines = [begin, ...world.story.beats.map(({ says }) => says)].map((says, place) => {
    const seen = world.moments[place];
    const isHere = place === moment.place;
    if (!seen) return html`<li class="ahead">${inline(says[language])}</li>`;
    return html`<li class=${isHere ? 'here' : ''}>
      <a href=${link(`/demo/${world.story.id}?at=${place}`)} aria-current=${isHere ? 'step' : undefined}>
        ${inline(says[language])}
      </a>
      ${' '}${clockTime(seen.at, language)}
    </li>`;
  });
  return html`<ol class="beats" start="0" aria-label=${t('Steps of the story', '故事的步骤')}>
    ${lines}
  </ol>`;
}

function traffic({ events, lost, requests, writes, answer }: Moment, { t }: Reader): string {
  const sent = t(`GitHub sent ${events} events`, `GitHub 发来 ${events} 个事件`);
  const missed = lost > 0 ? t(`, ${lost} of which nobody took`, `，其中 ${lost} 个没有送到`) : '';
  const asked = t(
    `; the bot sent ${requests} requests, ${writes} of them writes.`,
    `；机器人发出 ${requests} 次请求，其中写入 ${writes} 次。`,
  );
  const refused = answer === null ? '' : t(` The bot answered ${answer}.`, `机器人的回答是 ${answer}。`);
  return sent + missed + asked + refused;
}

function result(moment: Moment, { world, reader }: Scene): VNode {
  const { t } = reader;
  const { failures, error, looks, place } = moment;
  if (place === 0) return html`<p class="result quiet">${t('Nothing has happened yet.', '还没有发生任何事。')}</p>`;
  const checked =
    looks === 0 || world.hasOwnRules
      ? null
      : html`<span class="pass">✓ ${t('GitHub shows what the story expects.', 'GitHub 上的结果符合预期。')}</span>`;
  if (error === null && failures.length === 0)
    return html`<p class="result">${checked} <span class="quiet">${traffic(moment, reader)}</span></p>`;
  return html`<div class="result faults" role="alert">
    <p class="fail">✗ ${t('This step did not go as told.', '这一步没有按预期进行。')}</p>
    ${error !== null && html`<p lang="en">${error}</p>`}
    <ul>
      ${failures.map(
        ({ key, expected, seen }) =>
          html`<li><code>${key}</code>: ${t('expected', '应为')} ${expected}; ${t('seen', '实际')} ${seen}</li>`,
      )}
    </ul>
    <p class="quiet">${traffic(moment, reader)}</p>
  </div>`;
}

function tabs({ world, moment, shown, reader }: Scene): VNode | null {
  if (moment.shown.length < 2) return null;
  const { t, link } = reader;
  const items = moment.shown.map(({ key, title }) => {
    const name = key === repository ? t('repository', '仓库') : `#${key} ${title}`;
    const address = link(`/demo/${world.story.id}?at=${moment.place}&show=${key}`);
    return html`<li><a href=${address} aria-current=${key === shown.key ? 'true' : undefined}>${name}</a></li>`;
  });
  return html`<ul class="tabs" aria-label=${t('What is looked at', '查看的对象')}>
    ${items}
  </ul>`;
}

function panes(scene: Scene): VNode {
  const { world, moment, shown, reader } = scene;
  const { doors, about } = scene.around;
  const { t, language } = reader;
  const isNewest = moment === world.moments.at(-1);
  const own = `?lang=${language}&story=${world.story.id}`;
  const outside = (address: string, text: string) => isNewest && html`<p><a href=${address + own}>${text}</a></p>`;
  const why = shown.key !== repository && fresh(shown);
  return html`<div class="panes">
    <section class="pane github" aria-labelledby="github-title">
      <h2 id="github-title">${t('What GitHub shows', 'GitHub 上的样子')}</h2>
      <div dangerouslySetInnerHTML=${{ __html: shown.github[language] }}></div>
      ${outside(doors.fake + shown.path, t('Open this page of the fake GitHub', '打开假 GitHub 的这一页'))}
    </section>
    <section class="pane bot" aria-labelledby="bot-title">
      <h2 id="bot-title">${t('What the bot decided, and why', '机器人的结论和理由')}</h2>
      ${botPane({ moment, shown, about }, reader)}
      ${why && outside(doors.bot + shown.path.replace('/web/', '/r/'), t('Open the bot’s page of it', '打开机器人的这一页'))}
    </section>
  </div>`;
}

const fresh = ({ fresh: reports, before }: Shown): boolean => reports.length > 0 || before !== null;

/** A story at one of its moments: what happened, and both sides of it. */
export function storyPage(world: DemoWorld, choice: Choice, around: Around, reader: Reader): VNode {
  const { story } = world;
  const { language } = reader;
  const moment = world.moments[choice.at ?? world.place] ?? world.moments.at(-1);
  const key = choice.show ?? moment?.focus;
  const shown = moment?.shown.find((each) => each.key === key) ?? moment?.shown[0];
  if (!moment || !shown) return html`<main id="main"><h1>${story.title[language]}</h1></main>`;
  const scene: Scene = { world, moment, shown, around, reader };
  const says = story.beats[moment.place - 1]?.says;
  return html`<main
    id="main"
    data-story=${story.id}
    data-place=${world.place}
    data-over=${world.isOver ? 'yes' : undefined}
    data-said=${says?.[language].replaceAll('`', '')}
  >
    <h1>${story.title[language]}</h1>
    <p class="about">${story.about[language]}</p>
    ${controls(scene)} ${beats(scene)} ${result(moment, scene)} ${tabs(scene)} ${panes(scene)}
    ${rulesForm(world, choice.tried, reader)}
  </main>`;
}
