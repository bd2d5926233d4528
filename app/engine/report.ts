import type { Asked } from '../facts/command-facts.ts';
import type { Actor, Facts } from '../facts/fact.ts';
import type { TagFacts } from '../facts/tag-facts.ts';
import type { Verdict } from '../modules/module.ts';
import type { Turn } from '../merge-pool/line.ts';
import type { Hint } from '../queue/queue.ts';
import type { Subject } from '../subject.ts';
import type { Language, Text } from '../text.ts';
import type { Change, Conclusion, Want } from '../wants/want.ts';

export type { Turn } from '../merge-pool/line.ts';

export type Mode = 'off' | 'preview' | 'warn' | 'enforce';

/** What one module said. */
export interface Ruling {
  readonly module: string;
  readonly mode: Mode;
  /** False for a module that only acts, and in preview: no row in the check. */
  readonly row: boolean;
  readonly verdict: Verdict;
  readonly because: Text;
  readonly fix: Text | null;
  readonly who: 'author' | 'reviewer' | 'maintainer' | 'bot' | null;
  readonly wants: readonly Want[];
  /** What the module threw, for the operator; null when it did not. */
  readonly broke: string | null;
}

/** What became of one command. */
export interface Heard {
  /** Key of the text it stands in, and the line. */
  readonly key: string;
  readonly spoken: string;
  /** '' where no module answers for it. */
  readonly module: string;
  readonly mode: Mode;
  /** As it was written. */
  readonly written: string;
  readonly by: Actor;
  readonly outcome: 'done' | 'refused' | 'unclear';
  readonly say: Text | null;
  readonly tell: 'why' | 'commands' | null;
  /** What the module threw; null when it did not. */
  readonly broke: string | null;
}

export interface Conflict {
  readonly id: string;
  readonly modules: readonly string[];
}

export interface Deed {
  readonly change: string;
  readonly says: string;
  /** `uncertain`: it was sent and no answer came, so it is looked up before anything else is done. */
  readonly result: 'done' | 'failed' | 'uncertain';
  /** Why it failed, or why it is not known. */
  readonly reason: string | null;
}

/** What is remembered of the card besides what can be read. */
export interface Card {
  /** '' as long as only its writing was seen. */
  readonly nodeId: string;
  /** Of the text we last wanted it to have. */
  readonly digest: string;
  /** When it was there last, ISO 8601. */
  readonly at: string;
  /** A person took it away. */
  readonly deleted: boolean;
}

/** The stored record of one consideration: the answer to every "why". */
export interface Report {
  readonly id: string;
  readonly subject: Subject;
  readonly at: string;
  readonly hints: readonly Hint[];
  /** `considered`, or why nothing was considered. */
  readonly outcome: string;
  /** Blob ids of the rules files that judged, for looking them up. */
  readonly rules: readonly string[];
  readonly facts: Partial<Facts> | null;
  /** What was known of a tag; left out for everything else. */
  readonly tag?: TagFacts;
  readonly language: Language;
  /** Commands that were dealt with. */
  readonly heard?: readonly Heard[];
  /** Those that were accepted and are kept. */
  readonly asked?: readonly Asked[];
  /** Once-keys of refusals that were told. */
  readonly told?: readonly string[];
  readonly rulings: readonly Ruling[];
  readonly conflicts: readonly Conflict[];
  readonly conclusion: Conclusion | null;
  readonly plan: readonly Change[];
  /** Once-keys of what is wanted now, with the change that makes it so. */
  readonly once: readonly { readonly key: string; readonly change: string }[];
  /** New comments were held back, since the bot has written too many on this thread lately. */
  readonly muted: boolean;
  /** When the thread is to be looked at again, ISO 8601. */
  readonly revisitAt: string | null;
  readonly did: readonly Deed[];
  /** Its place in line for the base; null or left out: it is not in line. */
  readonly turn?: Turn | null;
  /** The card as it is once the plan is carried out; null or left out: there is none. */
  readonly card?: Card | null;
}
