import { createHash } from 'node:crypto';
import type { Facts } from '../facts/fact.ts';
import type { Change } from '../wants/want.ts';
import { settling } from './apply.ts';
import type { Claim } from './reconcile.ts';
import type { Card, Report, Ruling } from './report.ts';
import { cardFor } from './present.ts';
import type { Voice } from './present.ts';

const key = 'card';
const changeId = `comment:${key}`;
const digestOf = (body: string) => createHash('sha256').update(body).digest('hex').slice(0, 16);
const found = ({ comments }: Pick<Facts, 'comments'>) => comments.find((comment) => comment.key === key);

/** What the last report tells of the card; a new one that was not surely written is none. */
export function cardIn(report: Report | null): Card | null {
  const card = report?.card ?? null;
  const isNew = report?.plan.some(({ id, visibleTwice }) => id === changeId && visibleTwice) === true;
  const isMade = report?.did.some(({ change, result }) => change === changeId && result === 'done') === true;
  return isNew && !isMade ? null : card;
}

/**
 * The card that was there and is not any more was deleted by a person; null: GitHub may only not show it yet. It is found by
 * its id, however many comments came after it.
 */
function isDeleted(before: Card | null, facts: Facts): boolean | null {
  if (found(facts) || before === null) return false;
  return before.deleted || Date.parse(facts.now) - Date.parse(before.at) >= settling || null;
}

export interface CardClaim {
  readonly claims: readonly Claim[];
  /** What was remembered and stays so: the card is away, or not seen for the moment. */
  readonly kept: Card | null;
  /** Of what the card says now, or says when it is shown again. */
  readonly digest: string;
}

/**
 * The card follows the rulings while the thread is open. On a closed one it stays as it is, since it may say how to get it
 * reopened, until nothing is left to do. One that a person deleted stays away until it would say something else, or what it
 * said is mended.
 */
export function cardClaim(rulings: readonly Ruling[], facts: Facts, voice: Voice, before: Card | null): CardClaim {
  const away = isDeleted(before, facts);
  const speaking = rulings.filter(({ mode }) => mode !== 'preview');
  const text = cardFor(speaking, voice);
  const body = facts.thread.author.bot || facts.pull?.draft === true ? null : text;
  const isClosed = facts.thread.state !== 'open';
  // Nobody is spoken to there, but what was wrong is not mended by that.
  const isSilent = isClosed || (body === null && text !== null);
  const digest = isSilent && before ? before.digest : digestOf((isClosed ? text : body) ?? '');
  if (away === null && before) {
    const at = new Date(Date.parse(before.at) + settling).toISOString();
    return { claims: [{ by: 'engine', want: { kind: 'revisit', at } }], kept: before, digest };
  }
  const kept = away === true && before ? { ...before, deleted: true } : null;
  if (isClosed && text !== null) return { claims: [], kept, digest };
  if (kept?.digest === digest && (isSilent || body !== null)) return { claims: [], kept, digest };
  return { claims: [{ by: 'engine', want: { kind: 'comment', key, body } }], kept: null, digest };
}

/** What is to be remembered of the card once the plan is carried out. */
export function cardAfter({ kept, digest }: CardClaim, facts: Facts, plan: readonly Change[]): Card | null {
  if (kept) return kept;
  const there = found(facts);
  if (!there && !plan.some(({ id }) => id === changeId)) return null;
  return { nodeId: there?.nodeId ?? '', digest, at: facts.now, deleted: false };
}
