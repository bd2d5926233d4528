import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEmulate, startOurs, type Opinion } from './emulate.ts';
import { script, type Line } from './script.ts';

type Known = Record<string, string>;

function filled(text: string, known: Known): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => known[name] ?? whole);
}

/** What somebody who calls sees: the status, how many pages there are, and the fields the line names. */
async function see(side: Opinion, { call, body, as, shows, learns }: Line, known: Known): Promise<unknown> {
  const [method = '', path = ''] = filled(call, known).split(' ');
  const route = `${method} ${path.startsWith('/') ? path : `/repos/acme/shop/${path}`}`;
  const sent = body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body), known)) as unknown);
  const answer = await (as === 'app' ? side.asApp(route, sent) : side.call(route, sent));
  const good = answer.status < 300;
  if (good) for (const [name, value] of Object.entries(learns?.(answer.body) ?? {})) known[name] = String(value);
  const last = /[?&]page=(\d+)[^>]*>; rel="last"/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
  return { status: answer.status, last, shown: shows ? shows(answer.body) : null };
}

let [ours, emulate]: (Opinion | null)[] = [null, null];
before(async () => {
  [ours, emulate] = [await startOurs(), await startEmulate()];
});
after(async () => {
  await emulate?.stop();
  await ours?.stop();
});

test('the same calls show the same on both', async () => {
  const seen = { ours: {} as Known, emulate: {} as Known };
  for (const line of script) {
    const [mine, other] = [
      await see(ours as Opinion, line, seen.ours),
      await see(emulate as Opinion, line, seen.emulate),
    ];
    const said = `${line.call} ${JSON.stringify(line.body) ?? ''}`;
    if (line.emulateErrs === undefined) assert.deepEqual(mine, other, said);
    else assert.notDeepEqual(mine, other, `${said}: emulate no longer errs`);
  }
});
