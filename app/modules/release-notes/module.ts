import { z } from 'zod';
import type { TagFacts } from '../../facts/tag-facts.ts';
import { code } from '../../quote.ts';
import type { Text } from '../../text.ts';
import { matchesGlob } from '../glob.ts';
import { defineTagModule } from '../module.ts';
import { typeName } from '../title-grammar.ts';
import { notesFor } from './notes.ts';
import { isPrerelease, previousOf, versionIn } from './versions.ts';
import type { TagVersion } from './versions.ts';
import { fromStart, noCommit, notMatched, noVersion, preview, sinceTag, there } from './words.ts';

const options = z.object({
  tags: z
    .string()
    .min(1)
    .max(200)
    .default('v*')
    .describe('Tags that get a release, as a glob; `*/v*` for the packages of a monorepo')
    .meta({ format: 'glob', zh: '哪些标签（tag）会得到发布，用匹配式写；单仓多包可写 `*/v*`' }),
  prereleases: z
    .boolean()
    .default(false)
    .describe('Whether versions such as 1.0.0-rc.1 get a release and count as the version before another')
    .meta({ zh: '1.0.0-rc.1 这类预发布版本是否也发布，并作为比较的前一个版本' }),
  draft: z
    .boolean()
    .default(false)
    .describe('Whether the release is left as a draft for a person to publish')
    .meta({ zh: '是否只写草稿，由人来发布' }),
  sections: z
    .record(z.string().regex(typeName), z.string().min(1).max(100))
    .default({ feat: 'Features', fix: 'Fixes', docs: 'Documentation' })
    .describe('Titles of the groups by type of commit, in order; all other types stand under the last, `Other changes`')
    .meta({ zh: '各类型提交的分组标题，按此顺序排列；其余类型都在最后的“其他改动”里' }),
  contributors: z
    .boolean()
    .default(true)
    .describe('Whether the notes end with a list of everybody who wrote a commit')
    .meta({ zh: '末尾是否列出所有提交作者' }),
});

type Options = z.output<typeof options>;

/** Why there is nothing to write; else the version of the tag. */
function versionOf(facts: TagFacts, { tags, prereleases }: Options): TagVersion | Text {
  const { tag, release } = facts;
  if (!matchesGlob(tags, tag.name)) return notMatched({ tags: code(tags) });
  if (release !== null) return there[release];
  if (tag.commit === null) return noCommit;
  const version = versionIn(tag.name);
  if (!version) return noVersion;
  return isPrerelease(version) && !prereleases ? preview : version;
}

export default defineTagModule({
  summary: {
    en: 'Writes a release for each new version tag, with notes made of the commits since the version before',
    'zh-CN': '为每个新的版本标签（tag）创建发布，说明由上一版本以来的提交整理而成',
  },
  on: 'tag',
  row: false,
  needs: [],
  may: ['release'],
  options,
  since(facts, given) {
    const version = versionOf(facts, given);
    if (!('version' in version)) return null;
    const names = facts.others.filter(({ commit }) => commit !== null).map(({ name }) => name);
    const previous = previousOf(version, names, given.prereleases);
    return previous === null ? 'everything' : { tag: previous };
  },
  decide(facts, given) {
    const version = versionOf(facts, given);
    if (!('version' in version)) return { verdict: 'skip', because: version, wants: [] };
    const commits = facts.commits ?? { since: null, list: [], total: 0 };
    const { since, total: count } = commits;
    const { name } = facts.tag;
    const body = notesFor(facts, commits, given);
    const prerelease = isPrerelease(version);
    return {
      verdict: 'pass',
      because: since === null ? fromStart({ count }) : sinceTag({ count, tag: code(since) }),
      wants: [{ kind: 'release', tag: name, name, body, draft: given.draft, prerelease }],
    };
  },
});
