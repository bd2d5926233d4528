import { createHash } from 'node:crypto';
import type { OwnCheck } from '../facts/fact.ts';
import type { CheckWant, Kind } from './want.ts';

// docs.github.com/rest/checks/runs: summary and text hold 65,535 characters each.
const longest = 65_535;
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

// docs.github.com/rest/checks/runs#update-a-check-run: 50 a request, and each request adds to those that are there.
const mostAnnotations = 50;

const hash = (said: unknown) => createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 40);

/** Ends with what tells the annotations apart, so that an update can see that they are there already. */
function fingerprint({ name, head, conclusion, title, summary, text, details, annotations = [] }: CheckWant): string {
  const noted = annotations.length > 0 ? `-${hash(annotations).slice(0, 8)}` : '';
  return hash([name, head, conclusion, title, summary, text, details]) + noted;
}

function annotated({ annotations = [] }: CheckWant) {
  return annotations.slice(0, mostAnnotations).map(({ path, line, message }) => ({
    ...{ path, start_line: line, end_line: line, annotation_level: 'failure', message },
  }));
}

function written(want: CheckWant, before?: OwnCheck) {
  const mark = fingerprint(want).slice(40);
  const notes = mark !== '' && before?.fingerprint.slice(40) !== mark ? annotated(want) : [];
  const said = { title: want.title, summary: cut(want.summary), ...(want.text && { text: cut(want.text) }) };
  return {
    status: 'completed',
    conclusion: want.conclusion,
    external_id: fingerprint(want),
    output: { ...said, ...(notes.length > 0 && { annotations: notes }) },
    ...(want.details && { details_url: want.details }),
  };
}

/** Only checks of the same commit; the newest of that name counts on GitHub. */
function find(want: CheckWant, ours: readonly OwnCheck[]): OwnCheck | undefined {
  return ours.filter(({ name, head }) => name === want.name && head === want.head).sort((a, b) => b.id - a.id)[0];
}

export default {
  rank: 2,
  needs: ['checks'],
  permissions: () => ({ checks: 'write' }),
  id: (want) => `check:${want.name}@${want.head}`,
  diff(want, { checks }) {
    const found = find(want, checks.ours);
    const same = found?.completed && !found.rerequested && found.fingerprint === fingerprint(want);
    if (same && found.conclusion === want.conclusion) return [];
    const id = this.id(want);
    const says = `check ${want.name}: ${want.conclusion}`;
    const call = found
      ? {
          via: 'rest' as const,
          route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
          params: { check_run_id: found.id, ...written(want, found) },
        }
      : {
          via: 'rest' as const,
          route: 'POST /repos/{owner}/{repo}/check-runs',
          params: { name: want.name, head_sha: want.head, ...written(want) },
        };
    return [{ kind: 'check', id, says, call, visibleTwice: false }];
  },
  project(want, facts) {
    const found = find(want, facts.checks.ours);
    const fresh: OwnCheck = {
      id: found?.id ?? Math.max(0, ...facts.checks.ours.map(({ id }) => id)) + 1,
      name: want.name,
      head: want.head,
      completed: true,
      conclusion: want.conclusion,
      fingerprint: fingerprint(want),
      rerequested: false,
    };
    const ours = [...facts.checks.ours.filter((check) => check !== found), fresh];
    return { ...facts, checks: { ...facts.checks, ours } };
  },
} satisfies Kind<CheckWant>;
