import type { Case } from '../cases.ts';

export const tenancy: readonly Case[] = [
  {
    id: 'T1',
    starred: true,
    title: 'Naming a repository of somebody else from outside',
    shownBy: [
      'test/scenarios/layers.yml › Extends cannot name the repository of somebody else',
      'test/web/access.test.ts › somebody ${who} learns nothing, not even what is there',
    ],
    open: 'Chat and deploy targets come with chat and runners; nothing else can name a repository from outside.',
  },
  {
    id: 'T2',
    title: 'An installation and a repository that do not belong together',
    shownBy: [
      'test/scenarios/safety.yml › E9 T2: what is for another App, installation or repository costs no call with a token',
    ],
  },
  {
    id: 'T3',
    title: 'Renamed, transferred, deleted and made again under the same name',
    shownBy: [
      'test/scenarios/repository-life.yml › A renamed repository goes on being judged under its new name, and nothing is doubled',
      "test/scenarios/repository-life.yml › A repository that another one's name was given to is not mistaken for it",
      "test/scenarios/repository-life.yml › A transferred repository is judged by its new owner's installation",
    ],
  },
  {
    id: 'T4',
    title: 'Tokens that are mixed up',
    shownBy: [
      'test/github/tokens.test.ts › many at once: one token for each repository and use, and it covers exactly that repository',
      'test/github/gateway.test.ts › ETags: the same body without its price, none between installations',
    ],
  },
  {
    id: 'T5',
    title: 'Repositories and rights that come and go',
    shownBy: [
      'test/scenarios/repository-life.yml › A repository that the bot is given later is judged from then on, and left alone when it is taken away',
      'test/scenarios/repository-life.yml › A suspended installation is asked nothing, and everything is made up for when it works again',
      'test/github/tokens.test.ts › a permission that is not granted narrows the token and stops nothing else',
    ],
  },
  {
    id: 'T6',
    title: 'One tenant makes nearly all the traffic',
    shownBy: [
      'test/github/budget.test.ts › 20 accounts do not slow each other',
      'test/github/fairness.test.ts › twenty installations are each given a label and a comment within three seconds in all',
      'test/limits/noisy.test.ts › T6: beside an account that makes nine tenths of the traffic and more, another waits at most twice as long',
      'test/github/fairness.test.ts › one that wants a thousand writes delays nobody else',
    ],
  },
  {
    id: 'T7',
    title: 'Words of one tenant before the eyes of another',
    shownBy: [
      'test/safety/output.test.ts › ${path} on a broken store',
      'test/github/gateway.test.ts › neither troubles nor notices hold a token or a key',
      'test/web/why.test.ts › a report is found below its own repository only',
    ],
  },
  {
    id: 'T8',
    title: 'Private things in public places',
    shownBy: [
      'test/web/access.test.ts › somebody ${who} learns nothing, not even what is there',
      'test/receive/door.test.ts › records of threads are shown to this machine only, never through a proxy',
    ],
    open: 'There are no badges and no chat yet.',
  },
  {
    id: 'T9',
    title: 'Guessing addresses of records',
    shownBy: [
      'test/web/access.test.ts › somebody ${who} learns nothing, not even what is there',
      'test/web/why.test.ts › a report is found below its own repository only',
    ],
    open: 'Readers other than operators do not exist yet.',
  },
];
