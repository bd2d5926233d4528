import { existsSync, readFileSync } from 'node:fs';
import { resolve, relative } from 'node:path';
import { loadModules } from '../../app/engine/load.ts';
import { faultsIn, readRules } from '../../app/rules/read-rules.ts';
import { isOpenToOthers } from '../../config/secrets.ts';
import { fail, needsSettings, ok, say, skip, warn, type Check } from './check.ts';

export const settings: Check = {
  id: 'settings',
  async look({ settings: read, faults, notes, strict }) {
    const noted = notes.map((note) => warn(say(note, note)));
    if (!read) {
      const count = faults.length;
      const says = say(
        count === 1 ? 'one setting keeps the bot from starting' : `${count} settings keep the bot from starting`,
        `${count} 项设置有误，机器人无法启动`,
      );
      return [fail(says, ...faults), ...noted];
    }
    const who = read.appId ? `App ${read.appId}` : 'a personal token';
    const wer = read.appId ? `App ${read.appId}` : '个人令牌';
    if (strict.length === 0) return [ok(`settings are valid (${who})`, `设置有效（${wer}）`), ...noted];
    const says = say(
      'settings are valid, but not under pm2, which is strict',
      '设置有效，但用 pm2 运行时检查更严格，会无法启动',
    );
    return [warn(says, ...strict), ...noted];
  },
};

export const fileModes: Check = {
  id: 'file-modes',
  async look({ root, env }) {
    const key = env['GITHUB_PRIVATE_KEY_PATH'];
    const files = [resolve(root, '.env'), ...(key ? [resolve(root, key)] : [])].filter((file) => existsSync(file));
    const open = files.filter(isOpenToOthers).map((file) => relative(root, file));
    if (files.length === 0) return skip('no file holds secrets yet', '还没有存密钥的文件');
    if (open.length === 0)
      return ok(
        `${files.length} ${files.length === 1 ? 'file' : 'files'} with secrets, readable by their owner only`,
        `${files.length} 个存密钥的文件，只有所有者可读`,
      );
    const names = open.join(' ');
    return fail(
      say(`others on this machine can read ${names}`, `本机其他用户能读取 ${names}`),
      say(`Run chmod 600 ${names}`, `请执行 chmod 600 ${names}`),
    );
  },
};

export const rules: Check = {
  id: 'rules',
  async look({ root, settings: read }) {
    if (!read) return needsSettings;
    const file = relative(root, read.rulesFile);
    if (!existsSync(read.rulesFile))
      return fail(
        say(`${file} is missing`, `缺少 ${file}`),
        say(`Run git checkout ${file}`, `请执行 git checkout ${file}`),
      );
    const text = readFileSync(read.rulesFile, 'utf8');
    const found = readRules([{ name: 'operator', file, oid: '', text }], await loadModules());
    const faults = faultsIn(found).map(({ line, column, message }) => {
      return say(`${file}:${line}:${column} ${message.en}`, `${file}:${line}:${column} ${message['zh-CN']}`);
    });
    if (faults.length > 0)
      return fail(say(`${file} has ${faults.length} faults`, `${file} 有 ${faults.length} 处错误`), ...faults);
    const on = found.sections.map(({ module }) => module).join(', ');
    return ok(
      `${file} is valid: ${on || 'nothing is on, repositories decide by their own files'}`,
      `${file} 有效：${on || '没有启用任何一节，由各仓库自己的文件决定'}`,
    );
  },
};
