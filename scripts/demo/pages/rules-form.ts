import type { VNode } from 'preact';
import { html } from '../../../app/web/page.ts';
import { inline } from '../../../app/web/prose.ts';
import type { Problem } from '../../../app/rules/rules.ts';
import { rulesFile } from '../stories.ts';
import type { DemoWorld } from '../world.ts';
import type { Reader } from './layout.ts';

/** Rules somebody sent and what is wrong with them. */
export interface Tried {
  readonly text: string;
  readonly problems: readonly Problem[];
}

function faults({ problems }: Tried, { language, t }: Reader): VNode {
  return html`<div id="faults" class="faults" role="alert">
    <p class="fail">✗ ${t('These rules were not taken. Mend them and try again:', '没有采用这些规则，改好后再试：')}</p>
    <ul>
      ${problems.map(
        ({ line, column, message }) => html`<li><code>${line}:${column}</code> ${inline(message[language])}</li>`,
      )}
    </ul>
  </div>`;
}

/** The rules of the story's repository, to be changed and tried. */
export function rulesForm(world: DemoWorld, tried: Tried | null, reader: Reader): VNode {
  const { language, t, link } = reader;
  const { story, hasOwnRules } = world;
  const text = tried?.text ?? story.rules;
  return html`<section class="rules" aria-labelledby="rules-title">
    <h2 id="rules-title">${t('The rules', '规则')} <code>${rulesFile}</code></h2>
    ${
      story.scenario.rules !== '' &&
      html`<p>${t('Above them stand the rules of the operator:', '在它们之上是运维的规则：')}</p>
        <pre tabindex="0">${story.scenario.rules}</pre>`
    }
    ${tried && faults(tried, reader)}
    <form method="post" action=${link(`/demo/${story.id}/rules`)} data-live="rules">
      <p>
        <label for="rules-text">
          ${t(
            'Change them and play the story anew with yours. What the story expects is not checked then.',
            '改动它们，用你的规则重新播放。这时不再核对故事原本的预期。',
          )}
        </label>
        <textarea
          id="rules-text"
          name="rules"
          spellcheck="false"
          rows=${Math.min(Math.max(text.split('\n').length + 1, 4), 24)}
          aria-invalid=${tried ? 'true' : undefined}
          aria-describedby=${tried ? 'faults' : undefined}
        >
${text}</textarea>
      </p>
      <button id="try-rules">${t('Play with these rules', '用这些规则播放')}</button>
      ${hasOwnRules && html`<span class="quiet">${t('Your rules are in force; Reset brings back the story’s.', '现在用的是你的规则；“重置”恢复原来的。')}</span>`}
    </form>
    <p class="quiet" lang=${language}>
      ${t('The bot’s own reader checks them, as it does for a repository.', '由机器人自己的读取器检查，和在仓库里一样。')}
    </p>
  </section>`;
}
