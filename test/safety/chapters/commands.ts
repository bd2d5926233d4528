import type { Case } from '../cases.ts';

export const commands: readonly Case[] = [
  {
    id: 'C1',
    starred: true,
    title: 'Commands of people without the right, and of people whose right cannot be looked up',
    shownBy: [
      "test/scenarios/merge.yml › An approval of an outsider or a reader counts for nothing, nor the author's",
      'test/rules/who.test.ts › ${author.login} (${standing.level}) and ${JSON.stringify(who)}',
      'test/commands/matrix.test.ts › every example of every command has a row, and every row a command',
      'test/commands/matrix.test.ts › ${thread}, ${says}',
      'test/commands/matrix.test.ts › GitHub is asked three times before what it does not say is no right',
      'test/scenarios/commands.yml › What GitHub does not tell is no right, and the person hears of it',
    ],
  },
  {
    id: 'C2',
    title: 'A right that is taken away between the comment and the deed',
    shownBy: [
      'test/scenarios/merge.yml › The right is looked up when it counts, not when the review was written',
      'test/scenarios/races.yml › A right taken away just before the merge stops it',
      'test/scenarios/label-owner.yml › A right that is gone counts no more',
      'test/scenarios/commands.yml › The right is that of the moment, not of the comment',
    ],
  },
  {
    id: 'C3',
    starred: true,
    title: 'Comments that are edited into commands, by their author or somebody else',
    shownBy: [
      'test/scenarios/safety-commands.yml › C3: a comment or text that is edited into a command by anybody runs nothing',
      'test/scenarios/commands.yml › An edit runs nothing, a comment that is gone runs nothing',
      'test/scenarios/lgtm.yml › An edited comment runs nothing, and editing an accepted one changes nothing',
    ],
  },
  {
    id: 'C4',
    title: 'A comment that is deleted before its command is done',
    shownBy: [
      'test/scenarios/commands.yml › An edit runs nothing, a comment that is gone runs nothing',
      'test/scenarios/merge-command.yml › Taken back, said again, and the comment deleted',
      'test/scenarios/hold.yml › deleting the comment takes the hold back',
    ],
  },
  {
    id: 'C5',
    starred: true,
    title: 'A push around the moment of an approving command',
    shownBy: [
      'test/scenarios/merge.yml › An approval falls with the head it was given to',
      'test/scenarios/races.yml › A push just before the merge keeps the unseen head from being merged',
      'test/scenarios/merge-command.yml › A push just before the command is asked about, and the head can be named',
      'test/scenarios/lgtm.yml › Where the head moved about then, it asks for the head in so many words',
      'test/scenarios/retest.yml › A push between the look and the word, and while the word is carried out',
      'test/engine/hear.test.ts › an approval and the head',
    ],
    open: '/deploy comes with the runners; every command that approves is bound already.',
  },
  {
    id: 'C6',
    title: 'Commands in code, quotes, comments and links',
    shownBy: [
      'test/commands/read-lines.test.ts › what is shown as code or as a quote is never a command',
      "test/scenarios/commands.yml › Only a line of a person's own text is a command",
    ],
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
      "test/scenarios/safety-commands.yml › C9: bots and the bot's own words are no commands, and nobody answers anybody for ever",
      'test/engine/hear.test.ts › what is not heard at all',
      'test/engine/hear.test.ts › no reply holds a line that would be a command, whatever it repeats',
    ],
  },
  {
    id: 'C10',
    title: 'Commands in places that are not for them',
    shownBy: [
      'test/scenarios/commands.yml › Commands work in a review and in the body at opening, and are for the right kind of thread',
      'test/engine/hear.test.ts › a command of pull requests on an issue',
    ],
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
      'test/scenarios/approve.yml › CODEOWNERS where there are no OWNERS, with a team, the last line that matches wins',
      'test/scenarios/approve.yml › A broken owners file holds what it owns and says where',
      'test/scenarios/approve.yml › OWNERS that the pull request itself changes have no effect',
      'test/facts/owners.test.ts › whatever is written, nothing throws and a broken file names nobody',
    ],
  },
  {
    id: 'C13',
    title: 'Approving one’s own work',
    shownBy: [
      "test/scenarios/merge.yml › An approval of an outsider or a reader counts for nothing, nor the author's",
      'test/scenarios/lgtm.yml › Whoever pushed to the branch says nothing about it',
      'test/scenarios/approve.yml › Whoever pushed to the branch is no approver of it',
      'test/scenarios/approve.yml › Where self is off the author approves nothing',
    ],
  },
  {
    id: 'C14',
    title: 'Commands on closed, merged, locked, draft or archived threads',
    shownBy: [
      'test/engine/archived.test.ts › in an archived repository nothing is decided, since nobody can write there',
      'test/scenarios/merge.yml › Drafts are never merged',
      'test/scenarios/safety-commands.yml › C14: on a locked or merged thread a command does nothing more',
      'test/scenarios/commands.yml › On what is closed a command is refused once an hour',
      'test/scenarios/approve.yml › Drafts have a row and can be approved',
    ],
  },
  {
    id: 'C15',
    title: 'The same command on purpose and by accident twice',
    shownBy: [
      'test/scenarios/commands.yml › The same comment delivered twice is one command, and two comments are two',
      'test/scenarios/lgtm.yml › A redelivery does nothing twice, and what was cancelled stays cancelled',
      'test/scenarios/retest.yml › What has failed runs again, of Actions and of other Apps; one comment once, two comments twice',
    ],
  },
  {
    id: 'C16',
    title: 'Floods of commands by strangers',
    shownBy: [
      'test/commands/read-lines.test.ts › at most ten commands of one text are read',
      'test/scenarios/commands.yml › A flood gets five answers in ten minutes and no more',
      'test/scenarios/lgtm.yml › A stranger is refused, and told so once within an hour',
      'test/engine/hear.test.ts › one refusal an hour: the last at ${at}',
      'test/engine/consider.test.ts › after five comments of ours within ten minutes nothing new is written',
    ],
  },
];
