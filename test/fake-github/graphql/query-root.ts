import { account, bot, fullName, owner } from '../hub.ts';
import { repositoryNode } from '../render/account.ts';
import { searchThreads } from '../routes/search.ts';
import { actorNode, organisationNode } from './actor-nodes.ts';
import { nodeById } from './node-lookup.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { connection, need, notFound, type Args, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

function repository(gql: Gql, args: Args): Node {
  const name = `${String(args['owner'])}/${String(args['name'])}`;
  const reachable = gql.grant.repositories === null || gql.grant.repositories.length > 0;
  if (name.toLowerCase() !== fullName || !reachable)
    throw notFound(`Could not resolve to a Repository with the name '${name}'.`);
  return repositoryNodeOf(gql);
}

function search(gql: Gql, args: Args): Node {
  if (args['type'] !== 'ISSUE') throw notFound('the fake searches issues and pull requests only');
  need(gql, 'issues:read', 'pull_requests:read');
  const found = searchThreads(gql.hub, args['query'] as string);
  const list = connection(
    found,
    args,
    (one) => one.number,
    (one) => threadNodeOf(gql, one),
    'search',
  );
  return { ...list, issueCount: found.length };
}

export function queryRoot(gql: Gql): Node {
  const rate = gql.limit.view(gql.grant.as, 'graphql');
  return {
    viewer: () => ({ ...actorNode(gql, bot(gql.hub)), login: bot(gql.hub).login }),
    repository: (args: Args) => repository(gql, args),
    search: (args: Args) => search(gql, args),
    organization: (args: Args) => {
      if (args['login'] !== owner)
        throw notFound(`Could not resolve to an Organization with the login of '${String(args['login'])}'.`);
      return organisationNode(gql);
    },
    user: (args: Args) => actorNode(gql, account(gql.hub, args['login'] as string)),
    node: (args: Args) => nodeById(gql, args['id'] as string),
    nodes: (args: Args) =>
      (args['ids'] as string[]).map((id) => (id === repositoryNode ? repositoryNodeOf(gql) : nodeById(gql, id))),
    rateLimit: { ...rate, cost: 1, nodeCount: 1, resetAt: new Date(rate.reset * 1000).toISOString() },
  };
}
