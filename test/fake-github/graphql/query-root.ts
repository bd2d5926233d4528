import { account, bot, fullName, owner } from '../hub.ts';
import { repositoryNode } from '../render/account.ts';
import { actorNode, organisationNode } from './actor-nodes.ts';
import { nodeById } from './node-lookup.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { notFound, type Args, type Gql, type Node } from './resolving.ts';

function repository(gql: Gql, args: Args): Node {
  const name = `${String(args['owner'])}/${String(args['name'])}`;
  const reachable = gql.grant.repositories === null || gql.grant.repositories.length > 0;
  if (name.toLowerCase() !== fullName || !reachable)
    throw notFound(`Could not resolve to a Repository with the name '${name}'.`);
  return repositoryNodeOf(gql);
}

export function queryRoot(gql: Gql): Node {
  const rate = gql.limit.view();
  return {
    viewer: () => ({ ...actorNode(gql, bot(gql.hub)), login: bot(gql.hub).login }),
    repository: (args: Args) => repository(gql, args),
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
