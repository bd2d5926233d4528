import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Subject } from '../subject.ts';
import type { DeliveryFilter, DeliveryOutcome, Page, Store, Trail } from './store.ts';

const outcomes: Readonly<Record<DeliveryOutcome, string>> = {
  waiting: `state = 'waiting'`,
  aside: `state = 'aside'`,
  unhandled: `state = 'unhandled'`,
  folded: `state = 'done' AND reason IS NOT NULL`,
  considered: `state = 'done' AND reason IS NULL`,
};

/** The index of what fits the fewest rows, as a rule: SQLite itself knows nothing of how many there are. */
function indexFor({ outcome, event, repo }: DeliveryFilter): string {
  if (outcome === 'folded') return 'INDEXED BY deliveries_folded';
  if (outcome === 'waiting' || outcome === 'aside') return 'INDEXED BY deliveries_by_state';
  if (repo !== undefined) return 'INDEXED BY deliveries_by_repo';
  if (event !== undefined) return 'INDEXED BY deliveries_by_event';
  return outcome === undefined ? '' : 'INDEXED BY deliveries_by_state';
}

/** A page of deliveries. Each combination of filters is a statement of its own, so that it can go by an index. */
export function pageOfDeliveries(db: DatabaseSync, columns: string): (page: Page & DeliveryFilter) => unknown[] {
  const prepared = new Map<string, StatementSync>();
  const statementFor = (index: string, where: string) => {
    const known = prepared.get(where);
    if (known) return known;
    const made = db.prepare(`SELECT ${columns} FROM deliveries ${index} WHERE ${where} ORDER BY id DESC LIMIT ?`);
    prepared.set(where, made);
    return made;
  };
  return (page) => {
    const { limit, before = '~', outcome, event, repo } = page;
    const given = [
      ...(event === undefined ? [] : [['event = ?', event] as const]),
      ...(repo === undefined ? [] : [['repo = ? COLLATE NOCASE', repo] as const]),
      ['id < ?', before] as const,
    ];
    const where = [...(outcome === undefined ? [] : [outcomes[outcome]]), ...given.map(([sql]) => sql)].join(' AND ');
    return statementFor(indexFor(page), where).all(...given.map(([, value]) => value), limit);
  };
}

type Looks = Trail['looks'];
type Deeds = Trail['deeds'];

/** What became of deliveries, and who had them done again. */
export function createTrails(db: DatabaseSync): Pick<Store, 'trail'> {
  const lanes = db.prepare('SELECT subject FROM delivery_lanes WHERE delivery = ?');
  const looks = db.prepare('SELECT report, outcome, at FROM looks WHERE delivery = ? ORDER BY at DESC, report DESC');
  const deeds = db.prepare('SELECT at, who, what FROM audit WHERE object = ? ORDER BY id DESC LIMIT 50');
  return {
    async trail(id) {
      return {
        subjects: lanes.all(id).map((row) => JSON.parse(row['subject'] as string) as Subject),
        looks: (looks.all(id) as unknown as Looks).map((row) => ({ ...row })),
        deeds: (deeds.all(id) as unknown as Deeds).map((row) => ({ ...row })),
      };
    },
  };
}
