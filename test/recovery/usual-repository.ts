const rules = [
  'pr-title: true',
  'lgtm: true',
  'hold: true',
  'issue-template: {headings: [Version], grace: never}',
  'auto-reply: {rules: [{on: labeled, label: need demo, say: "Please add a link to a demo."}]}',
  'merge: {require: {checks: []}}',
];

/** Who may do what in it. */
export const people = { lin: 'admin', alice: 'write', bob: 'read' } as const;

/** A repository whose rules look at titles, approvals, what issues say and who put a label on; and `more` lines of rules. */
export function usualRepository(...more: readonly string[]) {
  return { labels: ['need demo', 'bug'], files: { '.github/github-bot.yml': [...rules, ...more, ''].join('\n') } };
}
