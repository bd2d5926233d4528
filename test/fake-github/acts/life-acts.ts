import { archiveRepository, renameRepository, setReach, suspend, transferRepository } from '../changes/life.ts';
import type { Act, Acts } from './acts.ts';

const act = (run: Act['run'], ...keys: readonly string[]): Act => ({ keys: ['by', ...keys], run });

/** What happens to a repository as a whole, and to what the App may reach. */
export const lifeActs: Acts = {
  'rename-repository': act((keys) => renameRepository(keys.hub, keys.by(), keys.text('name')), 'name'),
  transfer: act(
    (keys) => transferRepository(keys.hub, keys.by(), keys.text('to'), keys.flag('installed')),
    'to',
    'installed',
  ),
  archive: act((keys) => archiveRepository(keys.hub, keys.by(), true)),
  unarchive: act((keys) => archiveRepository(keys.hub, keys.by(), false)),
  'add-repository': act((keys) => setReach(keys.hub, keys.by(), true)),
  'remove-repository': act((keys) => setReach(keys.hub, keys.by(), false)),
  suspend: act((keys) => suspend(keys.hub, keys.by(), true)),
  unsuspend: act((keys) => suspend(keys.hub, keys.by(), false)),
};
