import type { AnyModule } from '../modules/module.ts';
import type { Mode } from '../engine/report.ts';
import type { Language, Text } from '../text.ts';

/** One file of rules, in the order in which they overrule each other: later wins. */
export interface Layer {
  readonly name: 'operator' | 'organization' | 'extends' | 'repository';
  /** Shown to people: `config/rules.yml`, `.github/github-bot.yml`, `acme/.github:.github/github-bot.yml`. */
  readonly file: string;
  /** Id of exactly this text. */
  readonly oid: string;
  readonly text: string;
}

/** A fault in a rules file, where it is, and what to do about it. */
export interface Problem {
  readonly layer: Layer['name'];
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly message: Text;
}

/** What `only` or `except` of a section names; a key left out does not narrow. */
export interface Scope {
  readonly authors?: readonly string[];
  readonly bots?: boolean;
  readonly branches?: readonly string[];
  readonly labels?: readonly string[];
  readonly paths?: readonly string[];
  readonly drafts?: boolean;
}

/** One module as it is switched on for one repository. */
export interface Section {
  readonly module: string;
  readonly mode: Mode;
  readonly only: Scope | null;
  readonly except: Scope | null;
  /** Checked and filled with defaults by the module's own schema. */
  readonly options: unknown;
  /** What is wrong with the options together: the section may not act until it is put right. */
  readonly fault?: Problem;
}

export interface Rules {
  /** By module id, in order of id; those that are off are left out. */
  readonly sections: readonly Section[];
  readonly language: Language | 'auto' | 'both';
  /** `base`: the check's name carries the base branch. */
  readonly checkName: 'base' | 'fixed';
  /** `each`: one check per module besides the one for all. */
  readonly checks: 'one' | 'each';
  readonly commands: {
    readonly prefix: string;
    /** Other names, each with its prefix, to what they stand for. */
    readonly alias: Readonly<Record<string, string>>;
  };
  /** Faults of the layers; a layer with a fault is left out as a whole. */
  readonly problems: readonly Problem[];
  /** What is ignored although it is no fault: values of locked keys. */
  readonly warnings: readonly Problem[];
  /** Where each effective value comes from: `pr-title.label` -> file and line; defaults are not listed. */
  readonly origins: Readonly<Record<string, { readonly file: string; readonly line: number }>>;
  /** Ids of the layers that count. */
  readonly oids: readonly string[];
}

/** What the reader of rules looks at: a module, or a section that is none. */
export interface Unit extends Pick<AnyModule, 'summary' | 'options'> {
  /** Faults of its options that a schema cannot see; only asked when the schema found none. */
  faults?(options: never): readonly { readonly path: readonly (string | number)[]; readonly message: Text }[];
  /** What is wrong with its options together; it stops this section alone. */
  hold?(options: never): Text | null;
}

export type Catalogue = ReadonlyMap<string, Unit>;

/** Reads rules from their layers: pure, total, every fault of every layer at once. */
export type ReadRules = (layers: readonly Layer[], catalogue: Catalogue) => Rules;
