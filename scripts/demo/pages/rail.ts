import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import { type Group, groups } from '../../../test/scenarios/demo-titles.ts';
import type { Story } from '../stories.ts';
import type { DemoWorld } from '../world.ts';
import type { Reader } from './layout.ts';

/** Whether a story has been played, in a sign and words. */
function state(world: DemoWorld | null, { t }: Reader): VNode | null {
  if (!world || world.place <= 0) return null;
  const { place, story } = world;
  if (world.hasFailed) return html`<span class="state fail">✗ ${t('failed', '失败')}</span>`;
  if (world.isOver) return html`<span class="state pass">✓ ${t('played', '已播放')}</span>`;
  return html`<span class="state wait">… ${place}/${story.beats.length}</span>`;
}

interface Rail {
  readonly stories: readonly Story[];
  readonly worldOf: (id: string) => DemoWorld | null;
  readonly chosen: string;
}

function item(story: Story, { worldOf, chosen }: Rail, reader: Reader): VNode {
  const { id, title } = story;
  const { language, t, link } = reader;
  const name = title[language];
  return html`<li class=${id === chosen ? 'chosen' : ''}>
    <a href=${link(`/demo/${id}`)} aria-current=${id === chosen ? 'page' : undefined}>${name}</a>
    ${state(worldOf(id), reader)}
    <form method="post" action=${link(`/demo/${id}/play`)} data-live="play">
      <button id=${`play-${id}`} class="small" aria-label=${t(`Play: ${name}`, `播放：${name}`)}>
        <span aria-hidden="true">▶</span>
      </button>
    </form>
  </li>`;
}

/** Every scenario, by group. */
export function rail(all: Rail, reader: Reader): VNode {
  const { language, t } = reader;
  const sections = (Object.keys(groups) as Group[]).map((group) => {
    const stories = all.stories.filter((story) => story.group === group);
    return html`<li>
      <h2 id=${`group-${group}`}>${groups[group][language]}</h2>
      <ul aria-labelledby=${`group-${group}`}>
        ${stories.map((story) => item(story, all, reader))}
      </ul>
    </li>`;
  });
  return html`<nav id="scenarios" class="rail" aria-label=${t('Scenarios', '场景')}>
    <ul>
      ${sections}
    </ul>
  </nav>`;
}
