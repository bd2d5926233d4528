import { languageOf } from '../config/env.ts';

/** The key of the reader's language in what is said of settings. */
export const settingsLanguage = languageOf(process.env);

/** The key of the reader's language in a `Text`. */
export const textLanguage = settingsLanguage === 'zh' ? 'zh-CN' : 'en';

/** One line in the reader's language. */
export const say = (en: string, zh: string): string => (settingsLanguage === 'zh' ? zh : en);

/** Something a person has to mend first. 1: the bot itself did not come up; 2: called wrongly; 3: anything else. */
export class Refused extends Error {
  readonly status: 1 | 2 | 3;
  constructor(status: 1 | 2 | 3, text: string) {
    super(text);
    this.status = status;
  }
}

/** Runs a script; what a person can mend is said without a stack trace. */
export async function runScript(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = error.status;
  }
}
