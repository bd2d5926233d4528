import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { sentenceOf } from '../../scripts/demo/sentences.ts';
import { readStories, storiesFile } from '../../scripts/demo/stories.ts';
import { groups, titles } from '../scenarios/demo-titles.ts';

const stories = readStories();
const han = /\p{Script=Han}/u;
/** What people in a story wrote is the same in both languages. */
const own = (text: string) => text.replaceAll(/`[^`]*`/g, '');

suite('the stories of the demo', () => {
  test('are twelve at least, each at an address of its own', () => {
    assert.ok(stories.length >= 12, `${stories.length} stories`);
    assert.equal(new Set(stories.map(({ id }) => id)).size, stories.length);
    for (const { id } of stories) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });

  test(`are told by title, and nothing is told of what is not in ${storiesFile}`, () => {
    const there = stories.map(({ title }) => title.en);
    assert.deepEqual(
      Object.keys(titles).filter((title) => !there.includes(title)),
      [],
    );
  });

  test('fill every group', () => {
    for (const group of Object.keys(groups))
      assert.ok(
        stories.some((story) => story.group === group),
        group,
      );
  });

  for (const { title, about, beats } of stories) {
    test(`both languages: ${title.en}`, () => {
      for (const { en, 'zh-CN': zh } of [title, about, ...beats.map(({ says }) => says)]) {
        assert.notEqual(own(en).trim(), '');
        assert.ok(!han.test(own(en)), en);
        assert.ok(han.test(own(zh)), zh);
      }
      assert.ok(
        beats.some(({ looks }) => looks.length > 0),
        'nothing is ever looked at',
      );
    });
  }
});

test('the READMEs name as many stories as there are', () => {
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
    assert.match(text, new RegExp(`(tells|有) ${stories.length} (short stories|个小故事)`), page);
  }
});

test('a step that nobody has put in words has no sentence', () => {
  const step = { number: 1, name: 'milestone', keys: { of: 'pr' }, line: 1 };
  assert.equal(
    sentenceOf(step, () => 1),
    null,
  );
});
