import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupFailed, makeBackup } from './backup/make-backup.ts';
import type { Backup } from './backup/make-backup.ts';
import { placesIn } from './backup/places.ts';
import { commitOf } from './git.ts';
import { calledFrom, root } from './pm2.ts';
import { Misused, readArguments } from './usage.ts';
import { Refused, runScript, say } from './words.ts';

/** `npm run backup [-- DIR]`: everything one installation is made of, in one file, while the bot runs. */
function backUp(folder: string): Backup {
  try {
    const order = { folder, kind: 'hand', commit: commitOf(root), now: new Date() } as const;
    return makeBackup(placesIn(root, process.env), order);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!(error instanceof BackupFailed) && !(error instanceof Error && 'code' in error)) throw error;
    throw new Refused(3, say(`No backup was made: ${why}`, `没有备份：${why}`));
  }
}

const usage = say('usage: npm run backup [-- DIR]', '用法：npm run backup [-- 目录]');

function folderIn(args: string[]): string | undefined {
  const [folder, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
  if (more.length > 0) throw new Misused(say('Only one folder can be named.', '只能指定一个目录。'));
  return folder;
}

await runScript(() => {
  const folder = readArguments(usage, folderIn);
  const where = folder === undefined ? placesIn(root, process.env).backups : resolve(calledFrom, folder);
  const { file, manifest } = backUp(where);
  const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
  console.log(file);
  console.log(`  ${manifest.files.map(({ name }) => name).join(', ')}: ${Math.ceil(bytes / 1024)} KB`);
  if (manifest.files.length === 0) console.log(say('  There was nothing to save.', '  没有可备份的内容。'));
  console.log(
    say(
      '  It holds the key and the secrets: keep it where you would keep those. Put back: npm run restore -- FILE',
      '  其中有私钥和密钥，请按同样的标准保管。恢复：npm run restore -- 文件',
    ),
  );
});
