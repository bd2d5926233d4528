import type { Said } from '../../config/env-words.ts';
import type { Ground } from './ground.ts';

/** `skip`: not looked at, since it does not apply or something before it is at fault. */
export type State = 'ok' | 'warn' | 'fail' | 'skip';

/** One thing the doctor found, in one line, and what to do about it. */
export interface Finding {
  readonly id: string;
  readonly state: State;
  readonly says: Said;
  /** Empty where nothing has to be done. */
  readonly fix: readonly Said[];
}

/** Looks at one thing and changes nothing. */
export interface Check {
  readonly id: string;
  readonly look: (ground: Ground) => Promise<Outcome | readonly Outcome[]>;
}

export type Outcome = Omit<Finding, 'id'>;

export const say = (en: string, zh: string): Said => ({ en, zh });

export const ok = (en: string, zh: string): Outcome => ({ state: 'ok', says: say(en, zh), fix: [] });
export const skip = (en: string, zh: string): Outcome => ({ state: 'skip', says: say(en, zh), fix: [] });
export const warn = (says: Said, ...fix: readonly Said[]): Outcome => ({ state: 'warn', says, fix });
export const fail = (says: Said, ...fix: readonly Said[]): Outcome => ({ state: 'fail', says, fix });

export const needsSettings = skip('not looked at: the settings are at fault', '未检查：设置有误');
