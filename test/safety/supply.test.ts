import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { read, root } from '../laws/source-files.ts';

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const { dependencies, devDependencies, allowScripts } = JSON.parse(read('package.json')) as Package;
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const mostDirect = 25;

suite('what is installed', () => {
  test('is pinned to one version each', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range),
    );
    assert.deepEqual(loose, []);
  });
  test('is what the lock file says', () => {
    const others = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([name, version]) => packages[`node_modules/${name}`]?.version !== version,
    );
    assert.deepEqual(others, []);
  });
  test('is checked against a digest', () => {
    assert.deepEqual(
      locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path),
      [],
    );
  });
  test(`has at most ${mostDirect} packages of our choice where the bot serves`, () => {
    assert.ok(Object.keys(dependencies).length <= mostDirect, `${Object.keys(dependencies).length}`);
  });
  test('runs no script but those that are allowed by name', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    const names = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.slice(13));
    assert.deepEqual(
      names.filter((name) => !allowed.includes(name)),
      [],
    );
    // It puts the runtime in its place; SECURITY.md says what that means.
    assert.deepEqual(allowed, ['node']);
  });
});

interface Component {
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string }[];
}

test('npm run sbom lists what is installed as CycloneDX, and marks what only tests and tools need', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr.slice(0, 2_000));
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: readonly Component[] };
  assert.equal(bomFormat, 'CycloneDX');
  const served = components.filter(({ properties }) => !properties?.some(({ name }) => name.endsWith(':development')));
  const listed = new Set(served.map(({ name, version }) => `${name}@${version}`));
  const direct = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`);
  assert.deepEqual(
    direct.filter((name) => !listed.has(name)),
    [],
  );
  assert.ok(components.some(({ name }) => name === 'eslint') && !served.some(({ name }) => name === 'eslint'));
});
