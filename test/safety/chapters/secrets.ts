import type { Case } from '../cases.ts';

export const secrets: readonly Case[] = [
  {
    id: 'S1',
    starred: true,
    title: 'Secrets that must not be seen anywhere',
    shownBy: [
      'test/safety/canary.test.ts › secrets of every kind, through what works and what fails',
      'test/safety/canary.test.ts › nobody finds one of them: in logs, database, pages, comments, arguments or environments',
      'test/deploy/deploy.test.ts › no secret in any file of pm2, in its lists or in the logs',
      'test/crash/roles.test.ts › no secret is printed or stored',
      'test/config/log4js.test.ts › ${logFormat}: ${title} is not written',
      'test/deploy/backup.test.ts › no secret was printed',
      'test/github/gateway.test.ts › neither troubles nor notices hold a token or a key',
    ],
  },
  {
    id: 'S2',
    title: 'A secret in the environment',
    shownBy: [
      'test/safety/canary.test.ts › nobody finds one of them: in logs, database, pages, comments, arguments or environments',
      'test/config/env.test.ts › .env, overruled by the environment, which loses its secrets',
      'test/config/env.test.ts › what is a fault in production is a note elsewhere',
      'test/deploy/deploy.test.ts › what pm2 is handed of an environment',
    ],
  },
  {
    id: 'S3',
    title: 'A key file that others can read, that is wrong or exchanged',
    shownBy: [
      'test/config/env.test.ts › settings that keep the bot from starting',
      'test/config/env.test.ts › an .env others can read',
      'test/github/tokens.test.ts › a key that GitHub does not know is later, asked for once',
    ],
    open: 'A key is exchanged by a reload, which loses no delivery; both keys are good at GitHub meanwhile.',
  },
  {
    id: 'S4',
    starred: true,
    title: 'Addresses from rules that lead inside',
    shownBy: [
      'test/safety/egress.test.ts › ${address} is not it',
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/github/gateway.test.ts › a redirect elsewhere is not followed, and no token goes there',
    ],
    open: 'No rule can name an address to call: GitHub is the only host. Runners and chat bring the allow-list with them.',
  },
  {
    id: 'S5',
    title: 'More rights than are needed',
    shownBy: [
      'test/laws/app-manifest.test.ts › the rights are those of facts and wants, and what subscriptions alone take',
      'test/github/tokens.test.ts › many at once: one token for each repository and use, and it covers exactly that repository',
    ],
  },
  {
    id: 'S6',
    title: 'Content of a repository that would be run',
    shownBy: ['test/laws/imports.test.ts › every import is an arrow of the architecture'],
  },
  {
    id: 'S7',
    title: 'A package that does harm',
    shownBy: [
      'test/safety/supply.test.ts › is pinned to one version each',
      'test/safety/supply.test.ts › is checked against a digest',
      'test/safety/supply.test.ts › runs no script but those that are allowed by name',
      'test/safety/supply.test.ts › npm run sbom lists what is installed as CycloneDX, and marks what only tests and tools need',
      'test/laws/production.test.ts › no package runs a script while it is installed but those that are allowed, so nothing is built',
      'test/laws/tree.test.ts › packages come from the public registry',
    ],
  },
  {
    id: 'S8',
    title: 'The checks of this repository',
    shownBy: [],
    open: 'There are no hosted workflows in this repository.',
  },
  {
    id: 'S9',
    title: 'Dumps and inspectors',
    shownBy: ['test/deploy/systemd.test.ts › is hardened, and starts again by itself'],
  },
  {
    id: 'S10',
    title: 'A trail that somebody changed',
    shownBy: ['test/web/access.test.ts › is done once, and who did it is kept and told'],
    open: 'The trail is not chained yet: whoever can write the database can change it.',
  },
];
