/** What is to be done about the errors of a GraphQL answer; `failed` is GitHub's own fault, and a write may have been applied. */
export type GraphqlVerdict = 'limited' | 'failed' | 'forbidden' | 'gone' | 'stale' | 'broken';

// The worst one counts: a limit or a timeout makes everything else that is said unreliable.
const order: readonly GraphqlVerdict[] = ['limited', 'failed', 'forbidden', 'gone', 'broken', 'stale'];

const byType: Readonly<Record<string, GraphqlVerdict>> = {
  RATE_LIMITED: 'limited',
  RATE_LIMIT: 'limited',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  NOT_FOUND: 'gone',
  STALE_DATA: 'stale',
  INTERNAL: 'failed',
  SERVICE_UNAVAILABLE: 'failed',
};

// GitHub names no type for these: https://github.com/orgs/community/discussions/24631
const failedWords = /something went wrong|timed? ?out|couldn't respond|temporarily|please try again/i;
const stateWords = /already|was modified|head sha|clean status|is closed|is not open|not mergeable|draft state/i;

function verdictOf(type: string, message: string): GraphqlVerdict {
  const known = byType[type];
  if (known) return known;
  if (/rate limit/i.test(message)) return 'limited';
  if (type === '' && failedWords.test(message)) return 'failed';
  return type === 'UNPROCESSABLE' && stateWords.test(message) ? 'stale' : 'broken';
}

/** The gravest error of a GraphQL body, or null when it has none. */
export function readGraphqlErrors(body: unknown): { verdict: GraphqlVerdict; message: string } | null {
  const errors = typeof body === 'object' && body !== null ? (body as { errors?: unknown }).errors : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return null;
  const found = errors.map((error: unknown) => {
    const { type, message } = (error ?? {}) as { type?: unknown; message?: unknown };
    const says = typeof message === 'string' ? message : 'an error without a message';
    return { verdict: verdictOf(typeof type === 'string' ? type : '', says), message: says.slice(0, 300) };
  });
  return order.map((verdict) => found.find((error) => error.verdict === verdict)).find((error) => error) ?? null;
}
