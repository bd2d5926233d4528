import type { Case } from '../cases.ts';

export const output: readonly Case[] = [
  {
    id: 'U1',
    starred: true,
    title: 'Texts of people that try to be a program in a page',
    shownBy: [
      'test/web/escaping.test.ts › whatever it is, in ${language}',
      'test/receive/door.test.ts › pages carry a strict policy and show what was asked as text',
      'test/engine/hostile.test.ts › the title ${JSON.stringify(title.slice(0, 40))} is only text wherever it is shown',
    ],
  },
  {
    id: 'U2',
    title: 'Texts of people that try to act in a comment',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/scenarios/safety.yml › U2: nothing that a title holds works in what the bot writes',
      'test/engine/text.test.ts › whatever a person writes stays inside one code span',
      'test/engine/text.test.ts › only what can be a login is mentioned',
      'test/facts/odd-answers.test.ts › a marker counts only in a comment of ours, on its first line',
    ],
  },
  {
    id: 'U3',
    title: 'Texts of people that try to act on a terminal',
    shownBy: [
      'test/config/log4js.test.ts › control characters and marks cannot act on a terminal',
      'test/config/log4js.test.ts › a field has at most 8 KB',
      'test/config/log-line.test.ts › whatever the letters, a line is read as it was written',
    ],
  },
  {
    id: 'U4',
    title: 'Forms that another site sends',
    shownBy: [
      'test/web/access.test.ts › ${how} changes nothing',
      'test/web/access.test.ts › does not work from another site: ${Object.keys(sender).join()}',
      'test/web/access.test.ts › a page that only asks changes nothing',
    ],
  },
  {
    id: 'U5',
    title: 'Stolen and forced sign-ins',
    shownBy: [
      'test/web/access.test.ts › works once, whoever is first',
      'test/web/access.test.ts › ends when its owner signs out, for good',
      'test/web/access.test.ts › has a cookie of its own kind ${where}',
    ],
    open: 'Sign-in is by links from the operator’s shell; there is no OAuth sign-in whose state could be stolen.',
  },
  {
    id: 'U6',
    title: 'Addresses that try to leave the folder of assets',
    shownBy: [
      'test/safety/output.test.ts › ${path} is 404 or 400, and says nothing',
      'test/receive/door.test.ts › ${method} ${path} is ${status}',
    ],
  },
  {
    id: 'U7',
    title: 'Deeds of operators by others',
    shownBy: [
      'test/web/access.test.ts › ends when its login leaves OPERATORS, in any case of letters',
      'test/web/access.test.ts › ${how} changes nothing',
      'test/web/access.test.ts › is done once, and who did it is kept and told',
    ],
  },
  {
    id: 'U8',
    title: 'Errors that tell too much',
    shownBy: [
      'test/safety/output.test.ts › ${path} on a broken store',
      'test/safety/output.test.ts › a delivery on a broken store',
      'test/safety/output.test.ts › ${path} is 404 or 400, and says nothing',
      'test/github/gateway.test.ts › neither troubles nor notices hold a token or a key',
    ],
  },
  {
    id: 'U9',
    title: 'Fields of a search that try to be SQL',
    shownBy: [
      'test/safety/output.test.ts › fields of a search are values, whatever they hold',
      'test/web/plans.test.ts › what pages and webhooks read goes by an index',
    ],
  },
];
