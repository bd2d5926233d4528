import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Window } from '../../app/github/window.ts';

test('a window frees room when what fills it is over', () => {
  const window = new Window(1000, 10);
  window.add(0, 6);
  window.add(400, 4);
  assert.equal(window.freeAt(500, 1), 1000);
  assert.equal(window.freeAt(500, 7), 1400);
  assert.equal(window.freeAt(1000, 6), 1000);
});

test('whoever is sent away from a full window has room of his own when he comes back', () => {
  const window = new Window(1000, 10);
  for (let at = 0; at < 5; at++) window.add(at, 2);
  const told = Array.from({ length: 12 }, () => window.promise(10, 2));
  assert.deepEqual(told, [1000, 1001, 1002, 1003, 1004, 2000, 2001, 2002, 2003, 2004, 3000, 3001]);
  assert.equal(window.promise(1003, 2), 2003, 'four came, eight are still to come');
});
