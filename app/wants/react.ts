import type { Kind, ReactWant } from './want.ts';

const names: Readonly<Record<ReactWant['content'], string>> = {
  rocket: 'ROCKET',
  '-1': 'THUMBS_DOWN',
  confused: 'CONFUSED',
  eyes: 'EYES',
};

// Reactions on a submitted review exist in GraphQL only.
const document = `mutation React($id: ID!, $content: ReactionContent!) {
  addReaction(input: { subjectId: $id, content: $content }) { reaction { content } }
}`;

function callOf({ surface, nodeId, comment, content }: ReactWant, number: number) {
  if (surface === 'review')
    return { via: 'graphql', document, variables: { id: nodeId, content: names[content] } } as const;
  if (surface === 'body') {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/reactions';
    return { via: 'rest', route, params: { issue_number: number, content } } as const;
  }
  const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
  return { via: 'rest', route, params: { comment_id: comment, content } } as const;
}

export default {
  // After what was asked for: the reaction says that it is done, to us too.
  rank: 5,
  needs: ['thread', 'spoken'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: ({ nodeId, content }) => `react:${nodeId}:${content}`,
  diff(want, { thread, spoken }) {
    const said = spoken.find(({ nodeId }) => nodeId === want.nodeId);
    if (!said || said.reactions.includes(want.content)) return [];
    const call = callOf(want, thread.number);
    // The same reaction twice is one reaction.
    return [{ kind: 'react', id: this.id(want), says: `react ${want.content}`, call, visibleTwice: false }];
  },
  project(want, facts) {
    const spoken = facts.spoken.map((said) =>
      said.nodeId === want.nodeId && !said.reactions.includes(want.content)
        ? { ...said, reactions: [...said.reactions, want.content] }
        : said,
    );
    return { ...facts, spoken };
  },
} satisfies Kind<ReactWant>;
