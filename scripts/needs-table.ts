import {
  appPermissionsOf,
  engineEvents,
  eventName,
  eventsOf,
  everywhere,
  rightsOf,
} from '../app/engine/permissions.ts';
import type { Kinds, Sources } from '../app/engine/load.ts';
import { listed, phrase } from '../app/text.ts';
import type { Language, Quoted, Text } from '../app/text.ts';
import { span, table } from './tables.ts';

type Named = { names: Text; count: number };
const reason = phrase<{ users: Text }>({ en: 'for {users}', 'zh-CN': '用于{users}' });
const theFacts = phrase<Named>({
  en: '{count, plural, one {the fact} other {the facts}} {names}',
  'zh-CN': '{count, plural, other {事实}} {names}',
});
const theWants = phrase<Named>({
  en: '{count, plural, one {the wish} other {the wishes}} {names}',
  'zh-CN': '{count, plural, other {愿望}} {names}',
});
const theBot = phrase({
  en: 'the bot itself (rules, tags, merge queues, renamed repositories)',
  'zh-CN': '机器人自身（规则、tag、合并队列、仓库改名）',
});
const right = phrase({ en: 'Permission', 'zh-CN': '权限' });
const event = phrase({ en: 'Event', 'zh-CN': '事件' });

// Called otherwise on the page than in the API.
const pageNames = new Map([['statuses', 'Commit statuses']]);

/** GitHub's own name of a right or event on its settings page: `pull_requests` -> `Pull requests`. */
const onThePage = (name: string) =>
  pageNames.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

const code = (name: string): Quoted => ({ markdown: span(name) });

/** The names of units that need something. */
function namesOf<U>(units: ReadonlyMap<string, U>, needs: (unit: U) => boolean): readonly Quoted[] {
  return [...units].flatMap(([name, unit]) => (needs(unit) ? [code(name)] : []));
}

function why(facts: readonly Quoted[], wants: readonly Quoted[], isOurs: boolean): Text {
  const users = [
    ...(facts.length > 0 ? [theFacts({ names: listed(facts), count: facts.length })] : []),
    ...(wants.length > 0 ? [theWants({ names: listed(wants), count: wants.length })] : []),
    ...(isOurs ? [theBot()] : []),
  ];
  return reason({
    users: { en: users.map(({ en }) => en).join('; '), 'zh-CN': users.map((u) => u['zh-CN']).join('；') },
  });
}

/** What an App (or a token, or a webhook) needs, and what for: rights and events, after the files that name them. */
export function needsTable(sources: Sources, kinds: Kinds, language: Language): string {
  const ours = [everywhere, ...Object.values(engineEvents)];
  const rights = Object.entries(appPermissionsOf(sources, kinds)).sort(([a], [b]) => a.localeCompare(b));
  const rightRows = rights.map(([name, level]) => {
    const facts = namesOf(sources, (source) => name in rightsOf(source));
    const wants = namesOf(kinds, (kind) => name in rightsOf(kind));
    const isOurs = ours.some((permissions) => name in permissions);
    return [right()[language], `${onThePage(name)}: ${level}`, why(facts, wants, isOurs)[language]];
  });
  const eventRows = eventsOf(sources).map((name) => {
    const facts = namesOf(sources, ({ changedBy }) => changedBy.map(eventName).includes(name));
    return [event()[language], onThePage(name), why(facts, [], name in engineEvents)[language]];
  });
  const head = { en: ['Kind', 'Needs', 'Why'], 'zh-CN': ['类别', '需要', '原因'] };
  return table(head[language], [...rightRows, ...eventRows]);
}
