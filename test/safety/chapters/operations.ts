import type { Case } from '../cases.ts';

export const operations: readonly Case[] = [
  {
    id: 'O1',
    starred: true,
    title: 'Bodies that fill the memory',
    shownBy: [
      'test/safety/ingress.test.ts › bodies that nobody signed fill the memory to a bound, and ordinary deliveries still come in',
      'test/safety/ingress.test.ts › two lengths, or a length and chunks, are no request',
      'test/receive/door.test.ts › a body said to be too large is refused before it is read',
      'test/receive/door.test.ts › a body that turns out too large is refused',
      'test/receive/door.test.ts › ${why} is answered ${status} and nothing is kept',
    ],
  },
  {
    id: 'O2',
    title: 'Connections that are slow or idle',
    shownBy: ['test/receive/listen.test.ts › waits for an answer that takes long, but not for ever'],
  },
  {
    id: 'O3',
    title: 'Bursts: thousands of events and pull requests at once',
    shownBy: [
      'test/github/budget.test.ts › a line longer than five seconds sends writes away, each with a time of its own',
    ],
    open: 'Shedding of load comes with the loops of recovery.',
  },
  {
    id: 'O4',
    title: 'Reloads, signals and restarts',
    shownBy: [
      'test/deploy/reload.test.ts › deliveries that come in during two deploys are all accepted, kept and considered once',
      'test/deploy/deploy.test.ts › a second deploy reloads, and no request is lost meanwhile',
      'test/receive/listen.test.ts › takes no new connection, and closes one that asks nothing after a while',
    ],
  },
  {
    id: 'O5',
    title: 'A module that throws',
    shownBy: [
      'test/engine/consider.test.ts › a module that throws waits with a reference; the others go on',
      'test/engine/tag.test.ts › a module that throws is told with a reference and tried again',
    ],
  },
  {
    id: 'O6',
    title: 'Logs that cannot be written',
    shownBy: [
      'test/config/rotation.test.ts › a log file that cannot be begun ends nothing: lines go to the console',
      'test/config/rotation.test.ts › a flood fills no disk: files of the size, so many of them, and the newest lines are there',
      'test/receive/refusals.test.ts › a storm of refusals is a minute’s worth of lines and a number',
    ],
  },
  {
    id: 'O7',
    title: 'A database that only grows',
    shownBy: [],
    open: 'Retention comes with the loops of recovery.',
  },
  {
    id: 'O8',
    title: 'Stopping all writes at once',
    shownBy: ['test/scenarios/modes.yml › Preview decides but writes nothing at all'],
    open: 'The switch that stops everything comes with the loops of recovery.',
  },
  {
    id: 'O9',
    title: 'A new version of the database, and back',
    shownBy: [
      'test/contracts/migrations.test.ts › run in order, once, and are written down',
      'test/deploy/upgrade.test.ts › npm run rollback brings the database back and loses no delivery',
      'test/deploy/upgrade.test.ts › a migration that fails leaves the database and the running bot as they are, and says what to do',
    ],
  },
];
