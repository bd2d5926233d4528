import type { Case } from '../cases.ts';

export const parsers: readonly Case[] = [
  {
    id: 'P1',
    starred: true,
    title: 'A pull request that brings its own rules',
    shownBy: [
      'test/scenarios/safety.yml › P1: rules, forms and all that a pull request brings along judge nobody',
      'test/scenarios/broken-rules.yml › A pull request cannot free itself by changing the rules',
    ],
  },
  {
    id: 'P2',
    title: 'A base branch that an attacker made',
    shownBy: [
      'test/scenarios/broken-rules.yml › A pull request cannot free itself by changing the rules',
      'test/scenarios/layers.yml › Extends cannot name the repository of somebody else',
      'test/scenarios/safety-commands.yml › P2: a branch that brings rules of its own is judged by those of the default branch',
    ],
  },
  {
    id: 'P3',
    title: 'Rules that are no rules: wrong YAML, types, keys, sizes and kinds of file',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/scenarios/safety.yml › P3 P4 P5: rules with a tag ask a maintainer and close nothing',
      'test/scenarios/safety.yml › P3 P4 P5: rules with a key twice ask a maintainer and close nothing',
      'test/rules/hostile.test.ts › hostile YAML: ${name}',
      'test/engine/remote-rules.test.ts › a folder, a submodule and a file that is too large are no rules',
    ],
  },
  {
    id: 'P4',
    starred: true,
    title: 'Patterns that would take for ever',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/scenarios/safety.yml › P3 P4 P5: rules with a huge pattern ask a maintainer and close nothing',
      'test/modules/pattern.test.ts › patterns that explode elsewhere take no time',
      'test/modules/glob.test.ts › 3,000 paths against hostile globs stay fast',
      'test/engine/hostile.test.ts › 64 KB of ${what} are read in time and told as anything else',
    ],
  },
  {
    id: 'P5',
    title: 'YAML bombs, depth and keys that every object has',
    shownBy: [
      'test/scenarios/safety.yml › P3 P4 P5: rules with an alias bomb ask a maintainer and close nothing',
      'test/scenarios/safety.yml › P3 P4 P5: rules with proto ask a maintainer and close nothing',
      'test/scenarios/safety.yml › P3 P4 P5: rules with depth ask a maintainer and close nothing',
      'test/rules/hostile.test.ts › no text makes the reader throw, nothing pollutes the prototype',
    ],
  },
  {
    id: 'P6',
    title: 'Rules that are gone, or cannot be read for now',
    shownBy: [
      'test/scenarios/safety.yml › P6: rules that cannot be read for now are neither broken nor gone',
      'test/engine/remote-rules.test.ts › ${status} is unknown: it is asked again and never taken for absent',
      'test/scenarios/broken-rules.yml › Rules that are taken away release the check and take the card back',
    ],
  },
  {
    id: 'P7',
    title: 'Rules that build upon others, in circles or of somebody else',
    shownBy: [
      'test/scenarios/layers.yml › Extends that names its own file is a circle',
      'test/scenarios/layers.yml › Extends cannot name the repository of somebody else',
      'test/engine/layers.test.ts › a chain of three repositories is read, a fourth is told',
      'test/engine/remote-rules.test.ts › read with a token of its own repository, at most once a minute, then conditionally',
    ],
  },
  {
    id: 'P8',
    title: 'Templates that reach for more than their values',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/modules/template.test.ts › properties that are inherited are none',
      'test/modules/template.test.ts › one pass: what a value holds is no template',
      'test/modules/template.test.ts › whatever strangers write, with whatever filter: nobody is mentioned, and it stays on one line of code',
    ],
  },
  {
    id: 'P9',
    title: 'Huge and strange texts of issues, commits and pull requests',
    shownBy: [
      'test/modules/markdown.test.ts › hostile texts: in proportion, never an exception',
      'test/modules/markdown.test.ts › any text at all',
      'test/facts/commits.test.ts › a message of a megabyte keeps its start and its end',
      'test/modules/issue-template.test.ts › what stands after 64 KB is not there',
    ],
  },
  {
    id: 'P10',
    title: 'Answers that nobody can see',
    shownBy: [
      'test/scenarios/safety.yml › P10: what nobody can see fills no part',
      'test/modules/markdown.test.ts › what cannot be seen is no text',
    ],
  },
  {
    id: 'P11',
    title: 'A section for a module that is not there',
    shownBy: [
      'test/scenarios/broken-rules.yml › A pull request that breaks the rules file is told the place and the nearest name',
      'test/rules/faults.test.ts › a layer with a fault is left out as a whole, the others count',
    ],
  },
];
