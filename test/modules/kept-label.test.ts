import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Happening } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { keptLabel } from '../../app/modules/kept-label.ts';
import type { PolicyWant } from '../../app/wants/want.ts';

type Who = 'module' | 'command' | 'person';

/** A thread with one label on it or not, and everybody who may put it on and take it off. */
class World {
  on: Who | null = null;
  readonly happened: Happening[] = [];
  readonly done: string[] = [];
  input = 'a';

  /** The reason holds for two of three inputs. */
  get wanted(): boolean {
    return this.input !== 'c';
  }

  set(who: Who, on: boolean): void {
    if (on === (this.on !== null)) return;
    this.on = on ? who : null;
    const us = who !== 'person';
    const actor = { id: us ? 1 : 2, login: us ? 'github-bot[bot]' : 'zoe', bot: us, us };
    const key = `E${this.happened.length + 1}`;
    this.happened.push({ key, kind: on ? 'labeled' : 'unlabeled', actor, at: '2026-01-05T09:30:00Z', object: 'Bug' });
  }

  wants(): readonly PolicyWant[] {
    const facts = plainFacts({
      thread: { labels: this.on ? ['Bug'] : [] },
      happened: this.happened,
      done: this.done,
    });
    const put = { kind: 'label', name: 'bug', on: true } as const;
    const wants = keptLabel({ by: 'm', put, wanted: this.wanted, input: this.input }, facts);
    return wants.filter(({ once }) => once === undefined || !this.done.includes(once));
  }

  /** What the engine does with it; a crash leaves the deed without the memory. */
  consider(crash = false): void {
    for (const want of this.wants()) {
      assert.equal(want.kind, 'label');
      if (want.kind === 'label') this.set('module', want.on);
      if (want.once !== undefined && !crash) this.done.push(want.once);
    }
  }
}

const act = fc.oneof(
  fc.record({ who: fc.constantFrom<Who>('person', 'command'), on: fc.boolean() }),
  fc.constantFrom('a', 'b', 'c').map((input) => ({ input })),
);

test('only what the module put on is taken off; what somebody took off stays off until the input changes', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
      const world = new World();
      /** The inputs seen since somebody else took the label off. */
      let left: Set<string> | null = null;
      /** The module has had a reason for the label since it was put on by a command. */
      let shared = false;
      world.consider();
      for (const one of acts) {
        if ('input' in one) world.input = one.input;
        else {
          const was = world.on;
          world.set(one.who, one.on);
          if (was && world.on === null) left = new Set([world.input]);
          if (!was && world.on) [left, shared] = [null, false];
        }
        const before = world.on;
        world.consider();
        left?.add(world.input);
        if (before === 'command' && world.on === null) assert.ok(shared);
        shared ||= world.wanted;
        if (before === 'person') assert.equal(world.on, 'person');
        if (before === null && world.on) {
          assert.ok(world.wanted && (left === null || left.size > 1));
          left = null;
        }
        if (before === null && world.on === null) assert.ok(!world.wanted || left?.size === 1);
        if (before === 'module' && world.on === null) assert.ok(!world.wanted);
      }
    }),
    { numRuns: 3000 },
  );
});

test('it settles: considered again, nothing is to be done', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 14 }), fc.array(fc.boolean()), (acts, crashes) => {
      const world = new World();
      acts.forEach((one, at) => {
        if ('input' in one) world.input = one.input;
        else world.set(one.who, one.on);
        world.consider(crashes[at]);
      });
      world.consider();
      const [on, events, done] = [world.on, world.happened.length, world.done.length];
      world.consider();
      assert.deepEqual([world.on, world.happened.length, world.done.length], [on, events, done]);
    }),
  );
});

test('a label of a person is never taken off, even after a crash', () => {
  const world = new World();
  world.set('person', true);
  world.consider();
  world.input = 'c';
  world.consider(true);
  world.consider();
  assert.equal(world.on, 'person');
});
