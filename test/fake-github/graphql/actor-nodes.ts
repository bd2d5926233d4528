import { iso, isBot, ownerOf } from '../hub.ts';
import { nodeId, userJson, userNode } from '../render/account.ts';
import type { Account, Reaction, Team } from '../state.ts';
import { connection, type Args, type Gql, type Node } from './resolving.ts';

/** GraphQL gives the login of a bot without `[bot]`. */
export function actorNode({ hub }: Gql, who: Account): Node {
  const json = userJson(hub, who);
  return {
    __typename: who.type,
    id: userNode(who),
    databaseId: who.id,
    fullDatabaseId: String(who.id),
    login: who.login.replace(/\[bot\]$/, ''),
    name: who.name,
    email: '',
    url: json['html_url'],
    resourcePath: `/${who.login}`,
    avatarUrl: json['avatar_url'],
    isViewer: isBot(hub, who),
  };
}

export const actorOrNull = (gql: Gql, who: Account | null): Node | null => who && actorNode(gql, who);

export const organisationNode = (gql: Gql): Node => actorNode(gql, ownerOf(gql.hub));

export function teamNode({ hub }: Gql, team: Team): Node {
  return {
    __typename: 'Team',
    id: nodeId('T', team.id),
    databaseId: team.id,
    name: team.slug,
    slug: team.slug,
    combinedSlug: `${ownerOf(hub).login}/${team.slug}`,
    url: `${hub.web}/orgs/${ownerOf(hub).login}/teams/${team.slug}`,
  };
}

export const reactionNames: Readonly<Record<string, string>> = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
};

const enumName = (content: string): string =>
  Object.entries(reactionNames).find(([, name]) => name === content)?.[0] ?? content;

export function reactionNode(gql: Gql, reaction: Reaction): Node {
  return {
    __typename: 'Reaction',
    id: nodeId('REA', reaction.id),
    databaseId: reaction.id,
    content: enumName(reaction.content),
    createdAt: iso(reaction.createdAt),
    user: actorNode(gql, reaction.user),
  };
}

/** The fields every reactable thing has. */
export function reactable(gql: Gql, reactions: readonly Reaction[]): Node {
  const list = (args: Args) => {
    const wanted = args['content'] === undefined ? undefined : reactionNames[args['content'] as string];
    const shown = reactions.filter((one) => wanted === undefined || one.content === wanted);
    return connection(
      shown,
      args,
      (one) => one.id,
      (one) => reactionNode(gql, one),
      'reactions',
    );
  };
  const groups = () =>
    Object.entries(reactionNames).map(([content, name]) => {
      const these = reactions.filter((one) => one.content === name);
      const users = () => ({ totalCount: these.length, nodes: these.map((one) => actorNode(gql, one.user)) });
      return { content, viewerHasReacted: these.some((one) => isBot(gql.hub, one.user)), users, reactors: users };
    });
  return { reactions: list, reactionGroups: groups, viewerCanReact: true };
}
