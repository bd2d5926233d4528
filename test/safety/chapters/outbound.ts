import type { Case } from '../cases.ts';

export const outbound: readonly Case[] = [
  {
    id: 'N1',
    starred: true,
    title: 'A write that was done and whose answer was lost',
    shownBy: [
      'test/scenarios/safety.yml › N1: a comment whose answer is lost by error-after-apply is there once',
      'test/scenarios/safety.yml › N1: a comment whose answer is lost by reset-after-apply is there once',
      'test/scenarios/safety.yml › N1: a comment whose answer is lost by timeout-after-apply is there once',
      'test/scenarios/safety.yml › N1: a comment whose answer is lost by truncated is there once',
      'test/scenarios/safety.yml › N1: a comment whose answer is lost by wrong-type is there once',
      'test/scenarios/merge.yml › A merge whose answer was lost is not sent again',
      'test/github/gateway.test.ts › ${title}: a write is lost and sent once, a read is later',
    ],
  },
  {
    id: 'N2',
    title: 'A write that was refused with a 5xx',
    shownBy: [
      'test/scenarios/safety.yml › N2: what GitHub refuses twenty times in a row is done in the end',
      'test/scenarios/faults.yml › GitHub failing for a while is only a delay',
    ],
  },
  {
    id: 'N3',
    starred: true,
    title: 'A secondary limit with every form of Retry-After',
    shownBy: [
      'test/scenarios/safety.yml › N3: a secondary limit with Retry-After 0 is waited for',
      'test/scenarios/safety.yml › N3: a secondary limit with Retry-After 1 is waited for',
      'test/scenarios/safety.yml › N3: a secondary limit with Retry-After 3600 is waited for',
      'test/scenarios/safety.yml › N3: a secondary limit with Retry-After soon is waited for',
      'test/scenarios/safety.yml › N3: a secondary limit with Retry-After Mon, 05 Jan 2026 10:00:00 GMT is waited for',
      'test/github/read-answer.test.ts › every form of Retry-After',
      'test/github/budget.test.ts › inside a pause nothing is called; after it one probe goes alone',
      'test/github/budget-laws.test.ts › whatever happens: writes keep their distance, nothing starts inside a pause, everything comes to an end',
      'test/limits/busy-day.test.ts › an hour of three busy installations goes beyond no limit of GitHub’s, and all is done',
    ],
  },
  {
    id: 'N4',
    title: 'The hour’s limit is used up, or its end is absurd',
    shownBy: [
      'test/scenarios/faults.yml › An exhausted hour of calls is waited for',
      'test/scenarios/safety.yml › N4: a limit whose reset is years away is probed after an hour',
      'test/github/budget.test.ts › pauses of an earlier process are obeyed',
      'test/github/in-line.test.ts › a thousand comments beyond the budget come back in turn, and hardly any in vain',
    ],
  },
  {
    id: 'N5',
    title: 'Tokens that are refused, of any length; suspended and deleted installations',
    shownBy: [
      'test/scenarios/safety.yml › N5: a token that is refused again and again is not hammered with',
      'test/github/tokens.test.ts › 401: one fresh token and one repeat, for a write too',
      'test/github/tokens.test.ts › tokens of ${length} characters are opaque',
      'test/github/tokens.test.ts › deleted and suspended installations',
      'test/scenarios/repository-life.yml › A suspended installation is asked nothing, and everything is made up for when it works again',
    ],
  },
  {
    id: 'N6',
    title: 'A right that is missing',
    shownBy: [
      'test/scenarios/safety.yml › N6: a right that is missing is tried once, and the rest goes on',
      'test/scenarios/safety.yml › N6: what is forbidden for a moment does not cost a grace',
      'test/github/tokens.test.ts › a permission that is not granted narrows the token and stops nothing else',
    ],
  },
  {
    id: 'N7',
    title: 'Something is deleted, locked, converted or moved half-way',
    shownBy: [
      'test/engine/careful.test.ts › what GitHub does not find yet is written later, and at last given up',
      'test/scenarios/repository-life.yml › A repository that went where the bot is not installed is left alone',
      'test/github/gateway.test.ts › 404 is null for a read, gone for a write, and fine where the caller says so',
    ],
  },
  {
    id: 'N8',
    title: 'A redirect, after a renaming or to another host',
    shownBy: [
      'test/safety/egress.test.ts › is called without following where it leads',
      'test/github/gateway.test.ts › a renamed repository: reads follow its number, writes use its new name',
      'test/github/gateway.test.ts › a redirect elsewhere is not followed, and no token goes there',
      'test/scenarios/outages.yml › A repository that answers from another address is followed there',
    ],
  },
  {
    id: 'N9',
    title: 'Answers of the wrong shape, empty, broken, huge or without an end',
    shownBy: [
      'test/safety/egress.test.ts › one ${title}',
      'test/scenarios/faults.yml › Answers that are cut short or of the wrong type are not believed',
      'test/scenarios/outages.yml › Answers of the wrong type in the right wrapping are not believed',
      'test/github/read-answer.test.ts › a fine status of an error page is not fine',
      'test/github/gateway.test.ts › GitHub ${title}: the deadline of ten seconds',
    ],
  },
  {
    id: 'N10',
    title: 'A GitHub that is slow',
    shownBy: [
      'test/scenarios/safety.yml › N9 N10: slow answers are answers',
      'test/scenarios/outages.yml › An answer whose last bytes take a minute is given up, and what it did is found',
      'test/github/gateway.test.ts › GitHub ${title}: the deadline of ten seconds',
    ],
  },
  {
    id: 'N11',
    title: 'Lists over many pages that shift, repeat or lead elsewhere',
    shownBy: [
      'test/safety/egress.test.ts › a list whose next page is said to be elsewhere is not followed there',
      'test/github/reached.test.ts › the repositories of an installation are read page by page, the archived left out',
      'test/github/reached.test.ts › a list that cannot be read is asked for again later',
      'test/facts/commits.test.ts › fewer than GitHub counts are not complete',
      'test/facts/commits.test.ts › 250 at most, and then they are not complete',
    ],
  },
  {
    id: 'N12',
    title: 'An hour without GitHub, then all at once',
    shownBy: [
      'test/scenarios/outages.yml › One call in four fails before or after it is done, for an hour, and everything is done once',
      'test/github/budget.test.ts › an outage of an hour is met with one probe every 30 s, then the door opens bit by bit',
      'test/recovery/outage.test.ts › after an outage of an hour the work on 200 threads is done within ten minutes, and GitHub was not pressed',
    ],
  },
  {
    id: 'N13',
    title: 'Reads that are older than our own writes',
    shownBy: [
      'test/scenarios/outages.yml › Reads that lag behind by minutes undo nothing and repeat nothing',
      'test/scenarios/safety.yml › A comment is not doubled by a crash and copies that lag behind',
      'test/engine/careful.test.ts › an answer from before what a delivery tells of is put off, for longer each time, and believed after a minute',
    ],
  },
  {
    id: 'N14',
    title: 'GraphQL answers with errors beside the data',
    shownBy: [
      'test/github/read-answer.test.ts › errors of GraphQL, and partial data with them, are troubles',
      'test/github/gateway.test.ts › a mutation with errors',
      'test/github/gateway.test.ts › GraphQL under its own limit',
    ],
  },
];
