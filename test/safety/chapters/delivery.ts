import type { Case } from '../cases.ts';

export const delivery: readonly Case[] = [
  {
    id: 'D1',
    starred: true,
    title: 'Killed right after the 202',
    shownBy: [
      'test/safety/durable.test.ts › 200 deliveries one after the other',
      'test/safety/durable.test.ts › 200 deliveries at once, which may share their commits',
      'test/scenarios/safety.yml › D1 D3: killed after the 202 and told of everything again and again, each thing is done once',
      'test/contracts/sqlite-files.test.ts › what was acknowledged is there after kill -9, twenty times',
      'test/crash/roles.test.ts › two processes on one folder: what one takes the other works off, and a kill of either loses nothing',
    ],
  },
  {
    id: 'D2',
    starred: true,
    title: 'Killed while a write to GitHub is under way, done there or not',
    shownBy: [
      'test/scenarios/faults.yml › Killed while a write that GitHub did is in flight, the bot has done each thing once',
      'test/scenarios/faults.yml › Killed while a write that GitHub did not do is in flight, the bot does it after all',
      'test/crash/writes.test.ts › killed in any write of ${scenario.title}, the bot ends where it ends without',
    ],
  },
  {
    id: 'D3',
    starred: true,
    title: 'The same delivery many times, at once, and by two hooks',
    shownBy: [
      'test/scenarios/safety.yml › D1 D3: killed after the 202 and told of everything again and again, each thing is done once',
      'test/scenarios/lost-mail.yml › Every delivery twice, under the same id or a fresh one, changes nothing',
      'test/crash/disorder.test.ts › ${histories} histories end the same when deliveries are late, doubled and in any order',
    ],
  },
  {
    id: 'D4',
    title: 'Deliveries in the wrong order',
    shownBy: [
      'test/scenarios/safety.yml › D4: deliveries in the wrong order end like those in the right one',
      'test/scenarios/lost-mail.yml › Deliveries that overtake each other end as the last word of people',
    ],
  },
  {
    id: 'D5',
    title: 'An object that GitHub announced and does not show yet',
    shownBy: [
      'test/scenarios/safety.yml › D5: an edit that GitHub shows late (once) is not missed',
      'test/scenarios/safety.yml › D5: an edit that GitHub shows late (for a while) is not missed',
      'test/scenarios/safety.yml › D5: rules that GitHub shows late judge all the same',
      'test/scenarios/safety.yml › D5: a click on re-run that GitHub shows late is answered',
      'test/scenarios/safety.yml › D5: a push that GitHub shows late gets its check',
      'test/scenarios/safety.yml › D5: a thread or commit that GitHub does not find yet is asked for again',
      "test/scenarios/outages.yml › A pull request that GitHub's servers do not know yet is looked at again",
    ],
  },
  {
    id: 'D6',
    starred: true,
    title: 'The bot was down and deliveries failed',
    shownBy: [
      'test/scenarios/delivery.yml › What GitHub could not deliver while the bot was down is done when it is sent again',
      'test/scenarios/recovery.yml › What GitHub tried to deliver while the bot was down arrives after it is up',
      'test/scenarios/recovery.yml › A delivery that failed is asked for again within minutes, and counts once',
      'test/recovery/pull.test.ts › every event counts, once, over crashes, lost answers and an absence',
    ],
  },
  {
    id: 'D7',
    title: 'Deliveries GitHub never tried to make',
    shownBy: [
      'test/scenarios/lost-mail.yml › What nobody ever heard of is made up for by the next event',
      'test/scenarios/recovery.yml › What GitHub never sent is found by the sweep',
      'test/recovery/sweep.test.ts › a check that GitHub did not tell of is seen within 15 minutes where only it is awaited',
      'test/recovery/sweep.test.ts › and within an hour where somebody was awaited',
      'test/scenarios/recovery.yml › A command that GitHub never told of is obeyed, once',
      'test/scenarios/recovery.yml › A command that was missed for less than a day is obeyed once when the bot is back',
      'test/scenarios/recovery.yml › A command of more than a day ago that only the sweep finds is answered once and not obeyed',
      'test/scenarios/recovery.yml › A command on a thread that GitHub never told of is answered when it is found late',
    ],
  },
  {
    id: 'D8',
    title: 'Asking for failed deliveries fails itself',
    shownBy: [
      'test/recovery/missed.test.ts › when GitHub does not send them again for a while, they come afterwards, each once',
      'test/recovery/missed.test.ts › one that GitHub cannot send again holds nobody else up',
      'test/recovery/missed.test.ts › when the list cannot be read, what is missed is found later, over all its pages',
      'test/recovery/missed.test.ts › a gap that comes near the three days GitHub remembers is told every hour, while it lasts',
      'test/recovery/missed.test.ts › a delivery of 71 hours ago is made up for, and one that GitHub has forgotten is told as lost',
      'test/recovery/pull.test.ts › while GitHub does not give out its log, nothing is lost, and everything comes afterwards',
    ],
  },
  {
    id: 'D9',
    title: 'Work that fails every time',
    shownBy: [
      'test/engine/consider.test.ts › a module that throws waits with a reference; the others go on',
      'test/scenarios/refused.yml › A write that GitHub refuses for no reason to be seen is set aside, told, and tried again later',
      'test/web/access.test.ts › is done once, and who did it is kept and told',
    ],
  },
  {
    id: 'D10',
    title: 'A database that is locked, full, read-only or gone',
    shownBy: [
      'test/safety/sick-disk.test.ts › because it is full: 503, and as soon as there is room 202',
      'test/safety/sick-disk.test.ts › because it is read-only: the bot does not start, and as soon as it can be written it does',
      'test/safety/sick-disk.test.ts › because another process holds the lock: 503 in time, and afterwards 202',
      'test/receive/door.test.ts › while nothing can be saved the answer is 503, and ready says so',
      'test/contracts/sqlite-files.test.ts › a lock held by another process delays deliveries, up to about eight seconds',
      'test/contracts/sqlite-files.test.ts › a job that ends while the files are locked is finished when they are free',
      'test/contracts/sqlite-files.test.ts › the check fails when the file is gone',
      'test/safety/sick-disk.test.ts › a start says what is wrong with the folder of the data, and what to do',
    ],
  },
  {
    id: 'D11',
    title: 'Two workers at once',
    shownBy: [
      'test/engine/careful.test.ts › a worker that lost the lane writes nothing',
      'test/contracts/sqlite-files.test.ts › the lanes of a process that is gone are taken at a start, those of one that lives are not',
      'test/crash/roles.test.ts › two processes on one folder: what one takes the other works off, and a kill of either loses nothing',
    ],
  },
  {
    id: 'D12',
    title: 'A clock that jumps',
    shownBy: [
      'test/github/tokens.test.ts › a clock that is ${skewMs / 60_000} minutes off is healed',
      'test/contracts/sqlite-files.test.ts › ids sort in the order they were made, whatever the clock does',
    ],
    open: 'Where the clock is set back by much, pauses, retries and the gap between writes last until it is there again.',
  },
  {
    id: 'D13',
    title: 'A database that was put back from a copy',
    shownBy: [
      'test/deploy/backup.test.ts › saves everything while the bot writes',
      'test/deploy/upgrade.test.ts › npm run rollback brings the database back and loses no delivery',
      'test/recovery/restored.test.ts › put back from a copy of an hour ago, the bot does nothing twice and is right within half an hour',
    ],
  },
];
