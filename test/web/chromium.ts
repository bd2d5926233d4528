import { existsSync } from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = [process.env['CHROMIUM'] ?? '', ...places].find((place) => place !== '' && existsSync(place));

/** Why the tests in a browser cannot run here; null when they can, or when they must (`REQUIRE_CHROMIUM=1`). */
export const noBrowser: string | null =
  found === undefined && process.env['REQUIRE_CHROMIUM'] !== '1' ? 'no Chromium here: apt-get install chromium' : null;

const flags = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A browser of its own, which speaks to this machine only. */
export async function openBrowser(): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  if (found === undefined) throw new Error('Chromium is required and not there: apt-get install chromium');
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...{ executablePath: found, headless: true, chromiumSandbox: false },
    args: [...flags, '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { context, close };
}

/** The rules of WCAG as a script. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
