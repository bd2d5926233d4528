import { existsSync, readFileSync } from 'node:fs';
import { loadFacts, loadKinds, loadModules } from '../../app/engine/load.ts';
import {
  appPermissionsOf,
  engineEvents,
  eventName,
  eventsOf,
  everywhere,
  rightsOf,
} from '../../app/engine/permissions.ts';
import { mergeId, unitOf } from '../../app/engine/units.ts';
import type { FactName } from '../../app/facts/fact.ts';
import { readRules } from '../../app/rules/read-rules.ts';
import type { Want } from '../../app/wants/want.ts';
import { fail, ok, say, warn, type Check, type Outcome } from './check.ts';
import { absent, appSeen, unreachable } from './github.ts';
import type { Ground } from './ground.ts';

/** Wishes that no module asks for: the pool merges, and verdicts are shown. */
const ofMerge: readonly Want['kind'][] = ['merge', 'enqueue', 'update-branch', 'rerun', 'delete-branch'];
const ofVerdicts: readonly Want['kind'][] = ['check', 'comment'];

interface Needs {
  readonly module: string;
  readonly facts: readonly FactName[];
  readonly kinds: readonly Want['kind'][];
}

/** What each section of the rules needs, and which of them the operator's rules switch on. */
async function loadNeeds(rulesFile: string) {
  const [modules, sources, kinds] = [await loadModules(), await loadFacts(), await loadKinds()];
  const text = existsSync(rulesFile) ? readFileSync(rulesFile, 'utf8') : '';
  const { sections } = readRules([{ name: 'operator', file: rulesFile, oid: '', text }], modules);
  const needs: Needs[] = [...modules.keys(), mergeId].map((module) => {
    const unit = unitOf(modules, module);
    const may = module === mergeId ? ofMerge : (modules.get(module)?.may ?? []);
    return { module, facts: unit?.needs ?? [], kinds: [...may, ...(unit?.row ? ofVerdicts : [])] };
  });
  return { sources, kinds, needs, on: new Set(sections.map(({ module }) => module)) };
}

const rank = (right: string | undefined) => ['read', 'write', 'admin'].indexOf(right ?? '');

/** Names of things that are missing, with the sections that wait for them. */
interface Missing {
  readonly what: string;
  readonly modules: readonly string[];
  /** The bot itself cannot do without. */
  readonly vital: boolean;
}

/** One line for each section that stays off, or could if a repository switched it on. */
function judgeMissing(
  missing: readonly Missing[],
  on: ReadonlySet<string>,
  fix: (all: string) => ReturnType<typeof say>,
): Outcome[] {
  const all = missing.map(({ what }) => what).join(', ');
  const vital = missing.filter((one) => one.vital).map(({ what }) => what);
  const waiting = [...new Set(missing.flatMap(({ modules }) => modules))].sort();
  const off = waiting.filter((module) => on.has(module));
  const [names, later] = [off.join(', '), waiting.filter((module) => !on.has(module)).join(', ')];
  if (vital.length > 0)
    return [fail(say(`nothing works without ${vital.join(', ')}`, `缺少 ${vital.join('、')}，什么都做不了`), fix(all))];
  if (off.length > 0)
    return [
      fail(say(`missing: ${all}; these stay off: ${names}`, `缺少 ${all}；因此不起作用的有：${names}`), fix(all)),
    ];
  const who = later
    ? [` (for ${later}, which config/rules.yml has off)`, `（${later} 需要，config/rules.yml 里没有启用）`]
    : ['', ''];
  return [warn(say(`missing: ${all}${who[0]}`, `缺少 ${all}${who[1]}`), fix(all))];
}

async function missingRights(granted: Readonly<Record<string, string>>, rulesFile: string) {
  const { sources, kinds, needs, on } = await loadNeeds(rulesFile);
  const lacks = (right: string, level: string | undefined) => rank(granted[right]) < rank(level);
  const wanted = Object.entries(appPermissionsOf(sources, kinds)).filter(([right, level]) => lacks(right, level));
  const missing = wanted.map(([right, level]): Missing => {
    const takes = (unit: Parameters<typeof rightsOf>[0] | undefined) =>
      unit !== undefined && lacks(right, rightsOf(unit)[right]);
    const users = needs.filter(
      ({ facts, kinds: may }) =>
        facts.some((name) => takes(sources.get(name))) || may.some((kind) => takes(kinds.get(kind))),
    );
    return {
      what: `${right}: ${level}`,
      modules: users.map(({ module }) => module),
      vital: lacks(right, everywhere[right]),
    };
  });
  return { missing, on };
}

export const permissions: Check = {
  id: 'permissions',
  async look(ground) {
    const seen = await appSeen(ground);
    if (!seen) return absent(ground);
    const { missing, on } = await missingRights(seen.permissions, ground.settings?.rulesFile ?? '');
    if (missing.length === 0) return ok('the App has every permission it can use', 'App 具备所需的全部权限');
    const fix = (all: string) =>
      say(
        `On the App's settings page, "Permissions & events", grant ${all}; then accept the request where it is installed.`,
        `请在 App 设置页的 “Permissions & events” 里授予 ${all}，再到安装处接受新权限。`,
      );
    return judgeMissing(missing, on, fix);
  },
};

export const events: Check = {
  id: 'events',
  async look(ground) {
    const seen = await appSeen(ground);
    if (!seen) return absent(ground);
    const { sources, needs, on } = await loadNeeds(ground.settings?.rulesFile ?? '');
    const lacking = eventsOf(sources).filter((event) => !seen.events.includes(event));
    if (lacking.length === 0) return ok('the App is sent every event it can use', 'App 订阅了所需的全部事件');
    const missing = lacking.map((event): Missing => {
      const tells = (name: FactName) => sources.get(name)?.changedBy.map(eventName).includes(event) ?? false;
      const modules = needs.filter(({ facts }) => facts.some(tells)).map(({ module }) => module);
      return { what: event, modules, vital: event in engineEvents && event === 'push' };
    });
    const fix = (all: string) =>
      say(
        `On the App's settings page, "Permissions & events", subscribe to ${all}.`,
        `请在 App 设置页的 “Permissions & events” 里订阅 ${all}。`,
      );
    return judgeMissing(missing, on, fix);
  },
};

interface Installation {
  readonly html_url: string;
  readonly account: { readonly login: string } | null;
  readonly suspended_at: string | null;
  readonly permissions: Readonly<Record<string, string>>;
}

function judgeInstallation(one: Installation, asked: Readonly<Record<string, string>>): Outcome[] {
  const login = one.account?.login ?? '?';
  if (one.suspended_at)
    return [
      warn(
        say(
          `the installation at ${login} is suspended: nothing is done there`,
          `${login} 的安装已被暂停，不会处理其仓库`,
        ),
        say(`Its owner can lift that at ${one.html_url}`, `其所有者可在 ${one.html_url} 解除`),
      ),
    ];
  const pending = Object.keys(asked).filter((right) => rank(one.permissions[right]) < rank(asked[right]));
  if (pending.length === 0) return [];
  return [
    warn(
      say(`${login} has not accepted ${pending.join(', ')}`, `${login} 还没有接受 ${pending.join('、')}`),
      say(`Its owner can review the request at ${one.html_url}`, `其所有者可在 ${one.html_url} 处理`),
    ),
  ];
}

export const installations: Check = {
  id: 'installations',
  async look(ground: Ground) {
    const seen = await appSeen(ground);
    if (!seen) return absent(ground);
    const { status, data } = (await ground.github?.get('/app/installations?per_page=100')) ?? { status: 0, data: null };
    if (status !== 200) return unreachable;
    const all = data as readonly Installation[];
    if (all.length === 0)
      return fail(
        say('the App is installed nowhere', 'App 还没有安装到任何地方'),
        say(`Install it: ${seen.html_url}/installations/new`, `请安装：${seen.html_url}/installations/new`),
      );
    const odd = all.flatMap((one) => judgeInstallation(one, seen.permissions));
    const names = all
      .slice(0, 5)
      .map(({ account }) => account?.login ?? '?')
      .join(', ');
    const more = all.length > 5 ? ' …' : '';
    return odd.length > 0 ? odd : ok(`installed at ${names}${more}`, `已安装到 ${names}${more}`);
  },
};
