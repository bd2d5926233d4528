import { commandTable } from '../../app/engine/command-table.ts';
import type { Entry } from '../../app/engine/command-table.ts';
import { loadKinds, loadModules } from '../../app/engine/load.ts';
import type { Mode } from '../../app/engine/report.ts';
import type { Setup } from '../../app/engine/set-up.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';

const [modules, kinds] = [await loadModules(), await loadKinds()];

/** Every module that hears on people, switched on with its defaults or with these options. */
export function everything(
  options: Readonly<Record<string, unknown>> = {},
  modes: Readonly<Record<string, Mode>> = {},
): Setup {
  const section = (module: string, parsed: unknown) => {
    return { module, mode: modes[module] ?? ('enforce' as const), only: null, except: null, options: parsed };
  };
  const sections = [...modules].flatMap(([id, module]) =>
    module.on === 'tag' ? [] : [section(id, module.options.parse(options[id] ?? {}))],
  );
  return {
    rules: {
      sections: [...sections, section('merge', mergeOptions.parse(options['merge'] ?? {}))],
      ...{ language: 'en', checkName: 'base', checks: 'one', commands: { prefix: '/', alias: {} } },
      ...{ problems: [], warnings: [], origins: {}, oids: ['o'] },
    },
    ...{ broken: [], above: [], modules, kinds, identity: 'app', details: () => '' },
  };
}

/** All commands of a setup. */
export function commandsIn(setup: Setup): { readonly name: string; readonly entry: Entry }[] {
  return [...commandTable(setup).entries].flatMap(([name, entries]) => entries.map((entry) => ({ name, entry })));
}
