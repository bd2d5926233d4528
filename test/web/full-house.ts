import { newToken } from '../../app/receive/access.ts';
import type { Report } from '../../app/engine/report.ts';
import { delivery, pull, report } from '../contracts/ground.ts';
import { openHouse } from './house.ts';

/** Deliveries of every outcome, and a look that was broken off half way. */
export async function fullHouse() {
  const ends: (() => Promise<void>)[] = [];
  const house = await openHouse({ after: (end) => void ends.push(end as () => Promise<void>) });
  const { store, clock, db } = house;
  const body = Buffer.from('{"same": "<b>bytes</b>"}');
  await store.saveDelivery(delivery(clock, { event: 'star', unhandled: 'no rule looks at this star event' }), []);
  await store.saveDelivery(delivery(clock, { body, event: 'push', action: null }), [pull(1)]);
  await store.saveDelivery(delivery(clock, { body, event: 'push', action: null }), [pull(1)]);
  await store.saveDelivery(delivery(clock, { repo: null }), []);
  await store.saveDelivery(delivery(clock), [pull(2), pull(3)]);
  const [newest, , , push] = await store.deliveries({ limit: 10 });
  db.prepare(`UPDATE deliveries SET state = 'aside', reason = 'TypeError: x is undefined' WHERE id = ?`).run(
    newest!.id,
  );
  const hints = [{ delivery: push!.id, event: 'push', action: null }];
  await store.saveReport(brokenOff(report('r-broken', pull(1), hints)));
  return {
    ...house,
    aside: newest!.id,
    newToken,
    close: async () => void (await Promise.all(ends.map((end) => end()))),
  };
}

export type FullHouse = Awaited<ReturnType<typeof fullHouse>>;

function brokenOff(of: Report): Report {
  const change = (id: string, says: string) =>
    ({ kind: 'label', id, says, call: { via: 'rest', route: '', params: {} }, visibleTwice: false }) as const;
  return {
    ...of,
    outcome: 'broken off: write card: no answer',
    plan: [change('label:a', 'add label a'), change('comment:card', 'write card'), change('say:x', 'say x')],
    did: [
      { change: 'label:a', says: 'add label a', result: 'done', reason: null },
      { change: 'comment:card', says: 'write card', result: 'uncertain', reason: 'no answer' },
    ],
  };
}
