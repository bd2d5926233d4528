import { cases, type Case } from '../test/safety/cases.ts';
import { partsOf } from '../test/safety/faults.ts';
import { span, table } from './tables.ts';

function proofs({ shownBy }: Case): string {
  const files = Map.groupBy(shownBy.map(partsOf), ([file]) => file);
  return [...files]
    .map(
      ([file, parts]) =>
        `[${file.replace(/^test\//, '')}](../../${file}): ${parts.map(([, title]) => span(title)).join('; ')}`,
    )
    .join(' · ');
}

const stateOf = ({ shownBy, open }: Case) => (shownBy.length === 0 ? 'open' : open === undefined ? 'shown' : 'in part');

/** The page of what the bot is to withstand: each case, what shows it, and what is open. */
export function casesPage(): string {
  const count = (state: string) => cases.filter((each) => stateOf(each) === state).length;
  const rows = cases.map((each) => {
    const id = each.starred ? `${each.id} ★` : each.id;
    return [id, each.title, stateOf(each), proofs(each), each.open ?? ''];
  });
  return `# What the bot is to withstand

Generated from [cases.ts](cases.ts) by \`npm run generate\`; a test proves that everything named here exists. ★ comes first.

${cases.length} cases: ${count('shown')} shown, ${count('in part')} in part, ${count('open')} open.

${table(['Case', 'What happens', 'State', 'Shown by', 'Open'], rows)}
`;
}
