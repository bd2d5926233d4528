import type { FactSource } from './fact.ts';

export default {
  permissions: () => ({ contents: 'read', members: 'read' }),
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  learn: () => ({ source: 'none', broken: [], files: [], teams: {}, complete: true }),
} satisfies FactSource<'owners'>;
