import { z } from 'zod';
import type { Reader } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { nameOf } from '../subject.ts';
import type { TagSubject } from '../subject.ts';
import { shaped } from './actor.ts';
import type { Tag, TagCommit, TagCommits, TagFacts } from './tag-facts.ts';

type Found = Pick<TagFacts, 'tag' | 'others' | 'release'>;

const target = z.looseObject({
  __typename: z.string(),
  oid: z.string(),
  target: z
    .looseObject({
      __typename: z.string(),
      oid: z.string(),
      target: z.looseObject({ __typename: z.string(), oid: z.string() }).optional(),
    })
    .optional(),
});
const ref = z.object({ name: z.string(), target: target.nullable() });
const tagsShape = z.object({
  repository: z.object({
    ref: ref.nullable(),
    release: z.object({ isDraft: z.boolean() }).nullable(),
    refs: z
      .object({
        nodes: z.array(ref),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      })
      .nullable(),
  }),
});

// An annotated tag is an object of its own, and somebody may have tagged a tag.
const leaf = '__typename oid';
const fields = `name target { ${leaf} ... on Tag { target { ${leaf} ... on Tag { target { ${leaf} } } } } }`;
const tagsDocument = `query Tags($owner: String!, $name: String!, $ref: String!, $tag: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { ${fields} }
    release(tagName: $tag) { isDraft }
    refs(refPrefix: "refs/tags/", first: 100, after: $after, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;

const mostTagPages = 20;

function tagFrom({ name, target }: z.output<typeof ref>): Tag {
  const end = target?.target?.target ?? target?.target ?? target;
  return { name, commit: end?.__typename === 'Commit' ? end.oid : null };
}

/** The tag, the other tags and the release. The reader needs the right to write contents, or it sees no drafts. */
export async function learnTag(subject: TagSubject, read: Pick<Reader, 'graphql'>): Promise<Found> {
  const { repo, tag } = subject;
  const others: Tag[] = [];
  let after: string | null = null;
  for (let pages = 1; ; pages++) {
    const variables = { owner: repo.owner, name: repo.name, ref: `refs/tags/${tag}`, tag, after };
    const answer: unknown = await read.graphql(tagsDocument, variables);
    const { repository }: z.output<typeof tagsShape> = shaped(tagsShape, answer, 'the tags');
    if (!repository.ref) throw new Trouble('gone', `there is no ${nameOf(subject)}`);
    others.push(...(repository.refs?.nodes ?? []).map(tagFrom).filter(({ name }) => name !== tag));
    const info = repository.refs?.pageInfo;
    if (!info?.hasNextPage || info.endCursor === null || pages === mostTagPages) {
      const release = repository.release && (repository.release.isDraft ? 'draft' : 'published');
      return { tag: { name: tag, commit: tagFrom(repository.ref).commit }, others, release };
    }
    after = info.endCursor;
  }
}

/** More are not read; the notes say so. */
const mostCommits = 1000;
const perPage = 100;

const breaking = /^BREAKING[ -]CHANGE:/m;

function commitFrom(sha: string, message: string, author: TagCommit['author'], parents: readonly string[]): TagCommit {
  const [subject = '', ...rest] = message.split('\n');
  const shown = { ...author, name: author.name.slice(0, 100) };
  return {
    ...{ sha, subject: subject.trim().slice(0, 500), breaking: breaking.test(rest.join('\n')), author: shown },
    parents,
  };
}

const compared = z.object({
  total_commits: z.number(),
  commits: z.array(
    z.object({
      sha: z.string(),
      commit: z.object({ message: z.string(), author: z.object({ name: z.string().optional() }).nullable() }),
      // GitHub writes an empty object for some authors it cannot tell.
      author: z.object({ login: z.string().optional(), type: z.string().optional() }).nullable(),
      parents: z.array(z.object({ sha: z.string() })),
    }),
  ),
});

type Compared = z.output<typeof compared>['commits'][number];

function fromCompare({ sha, commit, author, parents }: Compared): TagCommit {
  const login = author?.login ?? null;
  const who = { login, name: commit.author?.name ?? '', bot: author?.type === 'Bot' };
  return commitFrom(
    sha,
    commit.message,
    who,
    parents.map((parent) => parent.sha),
  );
}

async function between(base: Tag, head: string, read: Reader): Promise<TagCommits | null> {
  const list: TagCommit[] = [];
  for (let page = 1; ; page++) {
    // By commit: a branch may have the name of a tag.
    const params = { basehead: `${base.commit}...${head}`, per_page: perPage, page };
    const answer = await read.get('GET /repos/{owner}/{repo}/compare/{basehead}', params);
    if (answer === null) return null;
    const seen = shaped(compared, answer, 'the comparison of two tags');
    list.push(...seen.commits.map(fromCompare));
    const total = seen.total_commits;
    if (list.length >= Math.min(total, mostCommits) || seen.commits.length === 0) {
      return { since: base.name, list: list.slice(0, mostCommits), total };
    }
  }
}

const historyShape = z.object({
  repository: z.object({
    object: z.object({
      history: z.object({
        totalCount: z.number(),
        nodes: z.array(
          z.object({
            oid: z.string(),
            message: z.string(),
            author: z
              .object({ name: z.string().nullable(), user: z.object({ login: z.string() }).nullable() })
              .nullable(),
            parents: z.object({ nodes: z.array(z.object({ oid: z.string() })) }),
          }),
        ),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    }),
  }),
});

const historyDocument = `query History($owner: String!, $name: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) { object(oid: $oid) { ... on Commit {
    history(first: ${perPage}, after: $after) { totalCount
      nodes { oid message author { name user { login } } parents(first: 10) { nodes { oid } } }
      pageInfo { hasNextPage endCursor } } } } } }`;

async function everything({ repo }: TagSubject, oid: string, read: Reader): Promise<TagCommits> {
  const list: TagCommit[] = [];
  for (let after: string | null = null; ;) {
    const answer = await read.graphql(historyDocument, { owner: repo.owner, name: repo.name, oid, after });
    const { totalCount, nodes, pageInfo } = shaped(historyShape, answer, 'the history').repository.object.history;
    for (const { oid: sha, message, author, parents } of nodes) {
      const name = author?.name ?? '';
      const who = { login: author?.user?.login ?? null, name, bot: name.endsWith('[bot]') };
      list.push(
        commitFrom(
          sha,
          message,
          who,
          parents.nodes.map((parent) => parent.oid),
        ),
      );
    }
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || after === null || list.length >= mostCommits) {
      return { since: null, list: list.slice(0, mostCommits).reverse(), total: totalCount };
    }
  }
}

/** The commits since another tag, or all of them; also all of them where the two have no history in common. */
export async function learnCommits(
  subject: TagSubject,
  head: string,
  since: Tag | null,
  read: Reader,
): Promise<TagCommits> {
  return (since?.commit && (await between(since, head, read))) || everything(subject, head, read);
}
