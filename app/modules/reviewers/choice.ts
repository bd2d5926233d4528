import { opened } from '../../commands/who-may.ts';
import type { OwnedFile } from '../../facts/command-facts.ts';
import type { Facts } from '../../facts/fact.ts';
import { inLotOrder } from '../lot.ts';

type Seen = Pick<Facts, 'owners' | 'pull' | 'thread'>;

const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());

/** One of each owners file first, then anyone of all of them; the same for the same pull request. */
function ranked(files: readonly OwnedFile[], namesOf: (file: OwnedFile) => readonly string[], seed: number): string[] {
  const places = [...Map.groupBy(files, ({ by }) => by).values()];
  const lots = places.map((those) => inLotOrder(those.flatMap(namesOf), seed));
  const first: string[] = [];
  for (const people of lots) {
    const one = people.find((login) => !first.includes(login));
    if (one !== undefined) first.push(one);
  }
  return [...new Set([...first, ...inLotOrder(lots.flat(), seed)])];
}

/** Whom to ask for a review besides those who are asked or have reviewed already; never the author. */
export function chosen({ owners, pull, thread }: Seen, count: number): readonly string[] {
  if (!owners || !pull || owners.broken.some(({ paths }) => paths.length > 0)) return [];
  const { files, teams } = owners;
  const { people, teams: askedTeams, reviewed } = pull.reviewers;
  const there = new Set(lower([...people, ...askedTeams, ...reviewed, thread.author.login]));
  const inTeams = (names: readonly string[]) => opened(names, teams).filter((login) => !there.has(login));
  const all = [
    ...ranked(files, ({ reviewers }) => inTeams(reviewers), thread.number),
    ...ranked(files, ({ approvers }) => inTeams(approvers), thread.number),
  ];
  const left = Math.max(0, count - new Set(lower([...people, ...reviewed])).size);
  // Teams are asked as such, since whoever is in them is theirs to say.
  const required = files.flatMap((file) => file.required).filter((name) => !there.has(name));
  return [...new Set([...[...new Set(all)].slice(0, left), ...inLotOrder(required, 0)])];
}
