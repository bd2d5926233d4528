import type { Text } from '../text.ts';
import { DatabaseRefused } from './migrate.ts';

interface Hindrance {
  /** Codes of the system, and result codes of SQLite: https://sqlite.org/rescode.html */
  readonly codes: readonly (string | number)[];
  readonly why: Text;
  readonly remedy: Text;
}

const hindrances: readonly Hindrance[] = [
  {
    codes: ['EROFS', 8],
    why: { en: 'the disk is read-only', 'zh-CN': '磁盘是只读的' },
    remedy: {
      en: 'Make it writable again (mount -o remount,rw), or name another folder in DATA_DIR.',
      'zh-CN': '请恢复可写（mount -o remount,rw），或在 DATA_DIR 中指定其他目录。',
    },
  },
  {
    codes: ['EACCES', 'EPERM', 3, 14],
    why: { en: 'this user may not write there', 'zh-CN': '当前用户没有写入权限' },
    remedy: {
      en: 'Give the folder and its files to the user who starts the bot (chown -R), or name another folder in DATA_DIR.',
      'zh-CN': '请把该目录及其文件交给启动机器人的用户（chown -R），或在 DATA_DIR 中指定其他目录。',
    },
  },
  {
    codes: ['EEXIST', 'ENOTDIR', 'EISDIR'],
    why: { en: 'something else has that name', 'zh-CN': '同名位置上是别的东西' },
    remedy: {
      en: 'Move it away, or name another folder in DATA_DIR.',
      'zh-CN': '请把它移走，或在 DATA_DIR 中指定其他目录。',
    },
  },
  {
    codes: ['ENOSPC', 'EDQUOT', 13],
    why: { en: 'the disk is full', 'zh-CN': '磁盘已满' },
    remedy: { en: 'Free some space.', 'zh-CN': '请腾出空间。' },
  },
  {
    codes: [11, 26],
    why: { en: 'the file is damaged or no database', 'zh-CN': '文件已损坏或不是数据库' },
    remedy: { en: 'Put back a backup: npm run restore.', 'zh-CN': '请恢复备份：npm run restore。' },
  },
];

function codeOf(error: unknown): string | number | null {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  // The upper bits say more than is needed here.
  if (typeof errcode === 'number') return errcode & 0xff;
  return typeof code === 'string' ? code : null;
}

/** What keeps the database from being used, where it is something that a person can mend; else the error itself. */
export function unusable(path: string, error: unknown): unknown {
  const code = codeOf(error);
  const found = hindrances.find(({ codes }) => code !== null && codes.includes(code));
  if (!found || error instanceof DatabaseRefused) return error;
  const [en, zh] = [found.why.en, found.why['zh-CN']];
  const said = error instanceof Error ? error.message : String(error);
  return new DatabaseRefused(
    {
      en: `The database ${path} cannot be used: ${en} (${said}). Every delivery is kept there before GitHub is answered, so the bot does not start. ${found.remedy.en}`,
      'zh-CN': `无法使用数据库 ${path}：${zh}（${said}）。每次投递都要先写入这里再应答 GitHub，因此机器人没有启动。${found.remedy['zh-CN']}`,
    },
    error,
  );
}
