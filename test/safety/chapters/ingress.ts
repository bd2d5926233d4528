import type { Case } from '../cases.ts';

export const ingress: readonly Case[] = [
  {
    id: 'E1',
    starred: true,
    title: 'Deliveries without a good signature, in every way a signature can be wrong',
    shownBy: [
      'test/safety/ingress.test.ts › ${name} twice is refused, whatever it says',
      'test/scenarios/safety.yml › E1: whatever is not signed by us costs one answer and nothing else',
      'test/receive/door.test.ts › ${why} is answered ${status} and nothing is kept',
      'test/receive/door.test.ts › a signature in the address counts for nothing',
      'test/receive/door.test.ts › two signature headers are refused',
    ],
    open: 'Refusals are counted by cause in the log (receive/refusals.test.ts); there is no page of metrics yet.',
  },
  {
    id: 'E2',
    title: 'A start without a webhook secret, or with a weak one',
    shownBy: [
      'test/config/refusal.test.ts › the bot does not start with the webhook secret «${secret}»',
      'test/config/env.test.ts › no fault and no note shows a value',
      'test/config/env.test.ts › random secrets are never called weak',
    ],
  },
  {
    id: 'E3',
    title: 'The webhook secret is exchanged while deliveries come in',
    shownBy: [
      'test/safety/ingress.test.ts › both are good, and each use of the former one is told',
      'test/safety/ingress.test.ts › afterwards the former one is refused',
      'test/receive/door.test.ts › the previous secret is good during a rotation',
      'test/config/env.test.ts › two webhook secrets, today’s first',
    ],
  },
  {
    id: 'E4',
    starred: true,
    title: 'A genuine body sent again under another id, event name or hook',
    shownBy: [
      'test/scenarios/safety.yml › E4: a genuine body under another name is refused, under another id it changes nothing',
      'test/receive/lanes-of.test.ts › a payload sent under the name of another event that is looked at is refused',
    ],
  },
  {
    id: 'E5',
    title: 'A genuine body sent again an hour or eight days later',
    shownBy: [
      'test/safety/ingress.test.ts › a captured delivery sent again at once is folded, and sent again later is no more than a hint',
      'test/scenarios/delivery.yml › An old delivery that comes again does not undo what is true now',
      'test/scenarios/lost-mail.yml › A delivery that comes an hour late does not undo what is true now',
      'test/scenarios/recovery.yml › A command that arrives three days late is answered once and not obeyed',
      'test/scenarios/recovery.yml › Commands from before the bot knew the repository are none of its business',
    ],
  },
  {
    id: 'E6',
    title: 'Bytes that were changed, another encoding of text or of the form',
    shownBy: [
      'test/receive/door.test.ts › ${why} is answered ${status} and nothing is kept',
      'test/receive/door.test.ts › invalid UTF-8 is refused although it is signed',
      'test/scenarios/safety.yml › E6 E8: signed nonsense is refused and the next request is served',
    ],
  },
  {
    id: 'E7',
    title: 'Learning a signature from the time a refusal takes',
    shownBy: [],
    open: 'Digests are compared in equal time (app/receive/signature.ts); to measure it is a matter for a bench, since a test of times would fail on a busy machine.',
  },
  {
    id: 'E8',
    title: 'Signed bodies that are no payload: no JSON, lists, depth, odd numbers',
    shownBy: [
      'test/safety/fuzz.test.ts › ${target.name} hold',
      'test/safety/ingress.test.ts › deep, huge and doubled values are refused or harmless, and the next request is served',
      'test/scenarios/safety.yml › E6 E8: signed nonsense is refused and the next request is served',
      'test/receive/lanes-of.test.ts › nothing makes it throw',
    ],
  },
  {
    id: 'E9',
    title: 'Deliveries for another App or an unknown installation',
    shownBy: [
      'test/scenarios/safety.yml › E9 T2: what is for another App, installation or repository costs no call with a token',
      'test/receive/door.test.ts › a delivery for another App is kept, answered and not handled',
    ],
  },
  {
    id: 'E10',
    title: 'Other methods and spellings of the hook’s address, other hosts and forwarded headers',
    shownBy: [
      'test/safety/ingress.test.ts › a foreign host leads nowhere else and is not repeated',
      'test/safety/ingress.test.ts › the absolute form of a request line is the same door',
      'test/scenarios/safety.yml › E10: only a POST to the door is one',
      'test/receive/door.test.ts › ${method} ${path} is ${status}',
    ],
  },
  {
    id: 'E11',
    title: 'Events, actions and fields nobody knows; objects that are missing',
    shownBy: [
      'test/scenarios/safety.yml › E11: events and fields nobody knows, and people who are gone, are taken and leave no trace',
      'test/receive/examples.test.ts › all 329 example payloads, signed, end considered or unhandled with a reason',
      'test/receive/lanes-of.test.ts › an event nobody knows is kept and not handled',
    ],
  },
  {
    id: 'E12',
    title: 'A GitHub Enterprise Server next to github.com',
    shownBy: [],
    open: 'One bot serves one host: GITHUB_API_URL names it and nothing else is called. Two hosts in one process are not supported.',
  },
  {
    id: 'E13',
    title: 'The list of addresses GitHub calls from',
    shownBy: [],
    open: 'The bot keeps no list of addresses; the signature alone decides. A proxy may keep one.',
  },
];
