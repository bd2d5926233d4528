import type { Case } from '../cases.ts';

export const commands: readonly Case[] = [
  {
    id: 'C1',
    starred: true,
    title: 'Commands of people without the right, and of people whose right cannot be looked up',
    shownBy: [
      "test/scenarios/merge.yml › An approval of an outsider or a reader counts for nothing, nor the author's",
      'test/rules/who.test.ts › ${author.login} (${standing.level}) and ${JSON.stringify(who)}',
    ],
    open: 'The matrix of every command and every standing comes with the commands.',
  },
  {
    id: 'C2',
    title: 'A right that is taken away between the comment and the deed',
    shownBy: [
      'test/scenarios/merge.yml › The right is looked up when it counts, not when the review was written',
      'test/scenarios/races.yml › A right taken away just before the merge stops it',
      'test/scenarios/label-owner.yml › A right that is gone counts no more',
    ],
  },
  {
    id: 'C3',
    starred: true,
    title: 'Comments that are edited into commands, by their author or somebody else',
    shownBy: [],
    open: 'Commands land one by one; comes with the table of every command.',
  },
  {
    id: 'C4',
    title: 'A comment that is deleted before its command is done',
    shownBy: [],
    open: 'Comes with the table of every command.',
  },
  {
    id: 'C5',
    starred: true,
    title: 'A push around the moment of an approving command',
    shownBy: [
      'test/scenarios/merge.yml › An approval falls with the head it was given to',
      'test/scenarios/races.yml › A push just before the merge keeps the unseen head from being merged',
    ],
    open: '/ok-to-test and /deploy do not exist yet; approving commands come with the commands.',
  },
  {
    id: 'C6',
    title: 'Commands in code, quotes, comments and links',
    shownBy: ['test/commands/read-lines.test.ts › what is shown as code or as a quote is never a command'],
  },
  {
    id: 'C7',
    title: 'Look-alikes, hidden marks, floods and endless lines',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/commands/read-lines.test.ts › at most ten commands of one text are read',
      'test/commands/read-lines.test.ts › no text makes the reader throw',
    ],
  },
  {
    id: 'C8',
    title: 'Arguments that try to be something else',
    shownBy: ['test/github/gateway.test.ts › parameters cannot turn a call into another'],
  },
  {
    id: 'C9',
    starred: true,
    title: 'The bot hears itself, an echo, or another bot',
    shownBy: [
      'test/engine/consider.test.ts › a bot is never written to',
      'test/engine/consider.test.ts › after five comments of ours within ten minutes nothing new is written',
    ],
    open: 'Commands of bots come with the table of every command.',
  },
  {
    id: 'C10',
    title: 'Commands in places that are not for them',
    shownBy: [],
    open: 'Comes with the table of every command.',
  },
  {
    id: 'C11',
    title: 'A login that changed hands; people who are gone',
    shownBy: [
      'test/facts/odd-answers.test.ts › a thread of somebody who is gone is nobody’s, and none of ours',
      'test/facts/odd-answers.test.ts › somebody without a number is not taken for us',
    ],
  },
  {
    id: 'C12',
    title: 'Members of teams and owners, looked up late or wrongly',
    shownBy: [
      'test/rules/who.test.ts › what names nobody',
      'test/scenarios/label-owner.yml › While GitHub does not tell who may do what, nothing is said wrongly',
    ],
    open: 'Owners of files come with the module of owners.',
  },
  {
    id: 'C13',
    title: 'Approving one’s own work',
    shownBy: ["test/scenarios/merge.yml › An approval of an outsider or a reader counts for nothing, nor the author's"],
    open: 'Who pushed a commit later comes with the approving commands.',
  },
  {
    id: 'C14',
    title: 'Commands on closed, merged, locked, draft or archived threads',
    shownBy: [
      'test/engine/archived.test.ts › in an archived repository nothing is decided, since nobody can write there',
      'test/scenarios/merge.yml › Drafts are never merged',
    ],
    open: 'Refusals of commands there come with the table of every command.',
  },
  {
    id: 'C15',
    title: 'The same command on purpose and by accident twice',
    shownBy: [],
    open: 'Comes with the table of every command.',
  },
  {
    id: 'C16',
    title: 'Floods of commands by strangers',
    shownBy: ['test/commands/read-lines.test.ts › at most ten commands of one text are read'],
    open: 'Budgets for each person come with the limits of commands.',
  },
];
