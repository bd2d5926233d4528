import type { Happening } from '../../facts/fact.ts';
import type { Text } from '../../text.ts';
import { sayKey } from '../../wants/say.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { fillIn } from '../template.ts';
import type { Values } from '../template.ts';
import type { Known } from './events.ts';
import type { Rule } from './rule.ts';

/** What one rule does about one event. */
export interface Reaction {
  readonly rule: Rule;
  readonly event: Happening;
  readonly once: string;
  /** The key of its comment. */
  readonly key: string;
}

export function reactionOf(name: string, rule: Rule, event: Happening): Reaction {
  return { rule, event, once: `auto-reply:${event.key}:${name}`, key: sayKey('auto-reply', event.key, name) };
}

function valuesOf({ rule, event }: Reaction, { thread, repo }: Known): Values {
  const isLabel = event.kind === 'labeled' || event.kind === 'unlabeled';
  return {
    author: thread.author.login,
    label: isLabel ? event.object : (rule.label ?? ''),
    title: thread.title,
    number: thread.number,
    repo: repo.name,
    url: thread.url,
    comment: event.kind === 'commented' ? event.object : '',
    actor: event.actor.login,
  };
}

/** The maintainer's words with the values of this event; null when there are none or they cannot be written. */
function wordsOf(reaction: Reaction, facts: Known): Text | string | null {
  const { say } = reaction.rule;
  if (say === undefined) return null;
  const values = valuesOf(reaction, facts);
  const filled = (template: string | undefined) => (template === undefined ? null : fillIn(template, values)?.trim());
  if (typeof say === 'string') return filled(say) || null;
  const [en, zh] = [filled(say.en), filled(say['zh-CN'])];
  const [first, second] = [en || zh, zh || en];
  return first && second ? { en: first, 'zh-CN': second } : null;
}

/** Everything but what is left for later by `close-after`. */
export function wantsOf(reaction: Reaction, facts: Known): PolicyWant[] {
  const { rule, once, key } = reaction;
  const text = wordsOf(reaction, facts);
  const label = (on: boolean) => (name: string) => ({ kind: 'label', name, on, once, evenClosed: true }) as const;
  const says: PolicyWant[] = text === null ? [] : [{ kind: 'say', key, text, once, evenClosed: true }];
  const close: PolicyWant[] =
    rule.close && rule['close-after'] === undefined && facts.thread.state === 'open'
      ? [{ kind: 'state', open: false, reason: rule.close, once }]
      : [];
  return [...says, ...rule.labels.remove.map(label(false)), ...rule.labels.add.map(label(true)), ...close];
}
