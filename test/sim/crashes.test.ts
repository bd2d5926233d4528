import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashEverywhere, crashScripts } from './crashes.ts';

/** Of each script's requests only every so many-th; `npm run sim -- --crashes` dies at all of them. */
const every = 13;

for (const name of Object.keys(crashScripts))
  test(`${name}: dead at any request, the bot ends where it ends without`, async () => {
    const { crashes, lies } = await crashEverywhere(name, every);
    assert.deepEqual(lies, []);
    assert.ok(crashes >= 2);
  });
