import type { Command } from '../commands/command.ts';
import type { Facts } from '../facts/fact.ts';
import { phrase } from '../text.ts';
import type { PolicyWant, Want } from '../wants/want.ts';

/** Where the engine's own commands belong in reports. */
export const ownModule = 'commands';

/** A maintainer silences the bot on a thread with this label. */
export const ignoreLabel = 'github-bot/ignore';

export const isIgnored = ({ thread }: Pick<Facts, 'thread'>): boolean =>
  thread.labels.some((name) => name.toLowerCase() === ignoreLabel);

/** What the ignore label stops even where a person asks for it by command. */
export const isSilenced = ({ kind }: Want): boolean => kind === 'label' || kind === 'comment' || kind === 'say';

const pong = phrase({ en: 'I am here', 'zh-CN': '在的' })();

const label = (on: boolean) =>
  ({
    ...({ kind: 'label', name: ignoreLabel, on, evenClosed: true, color: 'cfd3d7' } as const),
    description: 'github-bot says nothing here 机器人不在这里发言',
  }) satisfies PolicyWant;

/** They always work, whatever the rules say. */
export const ownCommands: Readonly<Record<string, Command>> = {
  commands: {
    summary: {
      en: 'Lists the commands that work here and who may use them',
      'zh-CN': '列出这里可用的指令和谁可以使用',
    },
    ...{ on: 'both', args: [], who: ['anyone'], examples: ['/commands'], evenClosed: true },
    run: () => ({ outcome: 'done', tell: 'commands', wants: [] }),
  },
  help: {
    summary: { en: 'Explains one command, or lists them all', 'zh-CN': '解释一条指令，或列出全部指令' },
    ...{ on: 'both', who: ['anyone'], examples: ['/help', '/help lgtm'], evenClosed: true },
    args: [{ name: 'command', type: 'text', optional: true }],
    run: () => ({ outcome: 'done', tell: 'commands', wants: [] }),
  },
  ping: {
    summary: { en: 'Asks whether the bot is there', 'zh-CN': '看看机器人在不在' },
    ...{ on: 'both', args: [], who: ['anyone'], examples: ['/ping'], evenClosed: true },
    run: () => ({ outcome: 'done', say: pong, wants: [] }),
  },
  ignore: {
    summary: { en: 'Keeps the bot silent on this thread, or ends that', 'zh-CN': '让机器人在这里保持沉默，或取消沉默' },
    ...{ on: 'both', who: ['write'], examples: ['/ignore', '/ignore cancel'], evenClosed: true },
    args: [{ name: 'what', type: 'choice', of: ['cancel'], optional: true }],
    run: (_facts, { args }) => ({ outcome: 'done', wants: [label(args['what'] !== 'cancel')] }),
  },
};

export const ownAliases: Readonly<Record<string, string>> = { unignore: 'ignore cancel' };
