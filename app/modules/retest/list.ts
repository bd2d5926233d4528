import type { Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { joined, same } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import * as words from './words.ts';

const mostRows = 60;

const inCell = (text: string): Quoted => ({ markdown: code(text, 100).markdown.replaceAll('|', '\\|') });

interface Row {
  readonly name: string;
  readonly state: keyof typeof words.states;
  readonly isStatus?: true;
}

/** The rows of the table: a name once, as it stands worst. */
function rowsOf({ runs }: Seen<'runs'>): readonly Row[] {
  const workflows = runs.workflows ?? [];
  const all: Row[] = [
    ...workflows,
    ...workflows.flatMap(({ jobs }) => jobs),
    ...runs.suites.flatMap(({ checks }) => checks),
    ...runs.statuses.map((one) => ({ ...one, isStatus: true as const })),
  ];
  const order = ['failure', 'waiting', 'pending', 'skipped', 'success'];
  const worst = (a: Row, b: Row) => (order.indexOf(b.state) < order.indexOf(a.state) ? b : a);
  return [...Map.groupBy(all, ({ name }) => name).values()].map((group) => group.reduce(worst));
}

/** What there is on the head, how it stands, and how to run it again. */
export function listOf(facts: Seen<'pull' | 'runs'>): Text {
  const { runs, pull } = facts;
  const rows = rowsOf(facts)
    .slice(0, mostRows)
    .map(({ name, state, isStatus }) => {
      const command = isStatus ? words.isStatus : same(inCell(`/test ${name}`));
      return words.row({ name: inCell(name), state: words.states[state], command });
    });
  const head = code(pull?.head.slice(0, 12) ?? '');
  const list = rows.length > 0 ? words.listOf({ rows: joined(rows) }) : words.nothingThere({ head });
  const notes = [...(runs.workflows ? [] : [words.noActions]), ...(runs.complete ? [] : [words.tooMany])];
  return joined([list, ...notes], '\n\n');
}
