import type { Case } from '../cases.ts';

export const robots: readonly Case[] = [
  {
    id: 'R1',
    title: 'Messages that are forged, old or sent again',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R2',
    title: 'A signature that does not cover the body',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R3',
    title: 'Messages a platform sends again',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R4',
    title: 'A chat user who is not the GitHub user',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R5',
    title: 'Commands in a foreign group',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R6',
    title: 'The handshake of a platform',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R7',
    title: 'Texts that act in a chat',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
  {
    id: 'R8',
    title: 'A platform that is down',
    shownBy: [],
    open: 'No chat robot is connected yet: there is no route, no secret and no outgoing message.',
  },
];
