import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../../app/engine/report.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Entry } from '../../app/web/pages/deliveries.ts';
import { deliveriesPage } from '../../app/web/pages/deliveries.ts';
import { deliveryPage, replayPage } from '../../app/web/pages/delivery.ts';
import { homePage } from '../../app/web/pages/home.ts';
import { confirmPage } from '../../app/web/pages/operator.ts';
import { repositoryPage } from '../../app/web/pages/repository.ts';
import { reportPage, whyPage } from '../../app/web/pages/why.ts';
import { checkRulesPage } from '../../app/web/pages/check-rules.ts';
import type { View } from '../../app/web/view.ts';
import { report } from '../contracts/ground.ts';

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' autofocus onfocus=alert(1) x='`,
  '</title><script>alert(1)</script>',
  '</textarea></pre></td></details><svg onload=alert(1)>',
  'javascript:alert(1)',
  '[x](javascript:alert(1)) [y](https://example.com/"onclick=alert(1)) `<b>` **<i>**',
  '<!-- --><b>&lt;b&gt;&amp;',
  '\u202e\u0000<a href=//evil.example>',
  '{{7*7}}${7*7}<%= 7 %>',
];
const parts = fc.constantFrom(...payloads, 'fine', '`', '\\', '<', '>', '"', "'", '&', '[', '](https://', '**', ' ');
const evil = fc.array(parts, { maxLength: 6 }).map((all) => all.join(''));

/** The names of elements and attributes, without what they hold. */
function shape(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z\d]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(([, name, rest]) => {
    const attributes = [...(rest ?? '').matchAll(/([a-z-]+)(?:="[^"]*")?/g)].map((match) => match[1]);
    return [name, ...attributes].join(' ');
  });
}

/** Addresses in a page lead to the bot's own pages or, over the web, elsewhere. */
const addresses = (page: string) => [...page.matchAll(/(?:href|action|src)="([^"]*)"/g)].map((match) => match[1] ?? '');

function hostileReport(text: string): Report {
  const both = { en: text, 'zh-CN': text };
  const repo = { id: 7, owner: text || 'o', name: text || 'n' };
  const plain = plainFacts({});
  const facts = {
    ...plain,
    thread: {
      ...plain.thread,
      title: text,
      body: text,
      labels: [text],
      author: { ...plain.thread.author, login: text },
      url: text,
    },
    files: { paths: [text], complete: true },
    happened: [{ key: text, kind: 'labeled' as const, actor: plain.thread.author, at: text, object: text }],
  };
  const ruling = {
    module: text,
    mode: 'enforce',
    row: true,
    verdict: 'fail',
    because: both,
    fix: both,
    who: 'author',
    wants: [],
  } as const;
  return {
    ...report('r-1', { kind: 'thread', repo, installation: null, number: 3 }, [
      { delivery: text, event: text, action: text },
    ]),
    ...{ facts, outcome: text, rules: [text], revisitAt: text, rulings: [{ ...ruling, broke: text }] },
    ...{ conflicts: [{ id: text, modules: [text, text] }] },
    did: [{ change: text, says: text, result: 'failed', reason: text }],
  };
}

function hostileEntry(text: string): Entry {
  const { subject } = hostileReport(text);
  return {
    row: {
      ...{ id: text || 'x', guid: text, hook: text, event: text, action: text, receivedAt: 0, digest: text },
      ...{ repo: `${text}/${text}`, unhandled: text, state: 'aside', reason: text },
    },
    trail: {
      subjects: [subject],
      looks: [{ report: text, outcome: text, at: 1 }],
      deeds: [{ at: 1, who: text, what: 'replay' }],
    },
  };
}

const about = { needs: () => ['thread', 'files'], changedBy: () => [] };

/** Every page with a person's text wherever one can stand. */
function pagesWith(text: string, language: View['language']): string[] {
  const here = `/r/x?lang=${language}&a=${encodeURIComponent(text)}`;
  const view: View = { language, chosen: true, now: 0, viewer: { login: text, csrf: 'token' }, base: '', here };
  const [one, entry] = [hostileReport(text), hostileEntry(text)];
  const story = { reports: [one, one], older: text || 'x' };
  const state = { depth: null, counts: null, now: 0, reports: [one] };
  const problem = {
    layer: 'repository' as const,
    file: text,
    line: 1,
    column: 1,
    message: { en: text, 'zh-CN': text },
  };
  return [
    ...[whyPage(story, view, about), reportPage(one, view, about), repositoryPage(text, story, view)],
    ...[homePage(state, view), confirmPage(text, text, view), checkRulesPage(view, text, [problem])],
    deliveriesPage([entry], { event: text, repo: text }, text || 'x', view),
    ...[deliveryPage(entry, Buffer.from(text), view), replayPage(entry, false, view)],
  ];
}

/** What the bot's own Markdown may add: code, emphasis, links, marks of language. */
const allowedMore = /^\/?(code|strong|bdi|bdi lang|a href|a)$/;

suite('no text of anybody makes an element or an attribute', () => {
  const calm = { en: pagesWith('fine', 'en').map(shape), 'zh-CN': pagesWith('fine', 'zh-CN').map(shape) };
  for (const language of ['en', 'zh-CN'] as const) {
    test(`whatever it is, in ${language}`, () => {
      fc.assert(
        fc.property(evil, (text) => {
          for (const [at, page] of pagesWith(text === '' ? 'fine' : text, language).entries()) {
            const known = new Set(calm[language][at]);
            const more = shape(page).filter((tag) => !known.has(tag) && !allowedMore.test(tag));
            assert.deepEqual(more, []);
            // Every bracket belongs to one of our tags.
            assert.equal((page.match(/</g) ?? []).length, shape(page).length + 1);
            for (const address of addresses(page)) assert.match(address, /^(\/(?!\/)|#|https?:\/\/|\?)/);
          }
        }),
        { numRuns: 150 },
      );
    });
  }
});
