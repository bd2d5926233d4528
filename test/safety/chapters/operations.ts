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
      'test/limits/busy-day.test.ts › an hour of three busy installations goes beyond no limit of GitHub’s, and all is done',
      'test/github/in-line.test.ts › a thousand comments beyond the budget come back in turn, and hardly any in vain',
      'test/recovery/outage.test.ts › after an outage of an hour the work on 200 threads is done within ten minutes, and GitHub was not pressed',
    ],
    open: 'Figures for thousands of open pull requests and deliveries a second are a matter for a bench.',
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
    shownBy: [
      'test/recovery/retention.test.ts › bodies go after a week, rows after ninety days; what waits and the newest report stay',
    ],
  },
  {
    id: 'O8',
    title: 'Stopping all writes at once',
    shownBy: [
      'test/scenarios/modes.yml › Preview decides but writes nothing at all',
      'test/recovery/kill-switch.test.ts › ${what}: not one write more, what comes in is kept, and all of it is done once when it goes on',
      'test/recovery/kill-switch.test.ts › elsewhere the bot goes on',
      'test/github/in-line.test.ts › a write that stood in line is asked about once more before it is sent',
      'test/recovery/pause.test.ts › all repositories of an owner are paused, and nobody else’s',
    ],
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
