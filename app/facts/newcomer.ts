import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({ search: z.object({ issueCount: z.number() }) });
const document = 'query Earlier($query: String!) { search(type: ISSUE, query: $query, first: 1) { issueCount } }';

const day = 86_400_000;
const login = /^[a-z\d][a-z\d-]*$/i;

export default {
  permissions: () => ({ issues: 'read', pull_requests: 'read' }),
  changedBy: [],
  async learn({ ask, known, read }) {
    const { thread, repo, now = '' } = known;
    if (!ask.marked['event']?.includes('first-time') || !thread || !repo) return false;
    const { author, createdAt } = thread;
    // A welcome that is late by a day is none; so the search is made for new threads only.
    if (author.id === null || author.bot || Date.parse(now) - Date.parse(createdAt) > day) return false;
    if (!login.test(author.login)) return false;
    const query = `repo:${repo.name} author:${author.login} created:<${createdAt}`;
    return shaped(shape, await read.graphql(document, { query }), 'earlier threads').search.issueCount === 0;
  },
} satisfies FactSource<'newcomer'>;
