import { account, bot, inRepository, repositoryNamed } from '../hub.ts';
import { accountOf } from '../rate-limit.ts';
import { reaches } from '../route-table.ts';
import { searchThreads } from '../routes/search.ts';
import { actorNode } from './actor-nodes.ts';
import { nodeById, whereIs } from './node-lookup.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { connection, need, notFound, type Args, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

function repository(gql: Gql, args: Args): Node {
  const name = `${String(args['owner'])}/${String(args['name'])}`;
  const found = repositoryNamed(gql.hub, name, args['followRenames'] !== false);
  if (!found || !reaches(gql.grant, found))
    throw notFound(`Could not resolve to a Repository with the name '${name}'.`);
  return repositoryNodeOf({ ...gql, hub: inRepository(gql.hub, found) });
}

const nodeIn = (gql: Gql, id: string): Node => nodeById(whereIs(gql, id), id);

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
  const rate = gql.limit.view(accountOf(gql.grant), 'graphql');
  return {
    viewer: () => ({ ...actorNode(gql, bot(gql.hub)), login: bot(gql.hub).login }),
    repository: (args: Args) => repository(gql, args),
    search: (args: Args) => search(gql, args),
    organization: (args: Args) => {
      const login = String(args['login']);
      const all = [...gql.hub.state.site.repositories.values()].map(({ repository }) => repository.owner);
      const found = all.find((one) => one.login.toLowerCase() === login.toLowerCase());
      if (!found) throw notFound(`Could not resolve to an Organization with the login of '${login}'.`);
      return actorNode(gql, found);
    },
    user: (args: Args) => actorNode(gql, account(gql.hub, args['login'] as string)),
    node: (args: Args) => nodeIn(gql, args['id'] as string),
    nodes: (args: Args) => (args['ids'] as string[]).map((id) => nodeIn(gql, id)),
    rateLimit: { ...rate, cost: 1, nodeCount: 1, resetAt: new Date(rate.reset * 1000).toISOString() },
  };
}
