import type { Said } from '../../config/env-words.ts';

export const usage: Said = {
  en: `usage: npm run logs -- [--delivery ID] [--report ID] [--repo OWNER/NAME] [--lane LANE] [--level LEVEL]
                       [--since 2h] [--follow] [--json] [--dir FOLDER]

  --delivery ID     all that became of a delivery, by the id GitHub shows under "Recent Deliveries"
  --report ID       how a report came about, and what was done by it
  --repo, --lane    lines about a repository, or a lane such as acme/shop#12
  --level LEVEL     trace, debug, info, warn, error or fatal, and what is graver
  --since 2h        not older; s, m, h or d
  --follow          goes on with what is written from now on; Ctrl+C ends it
  --json            one object a line
  --dir FOLDER      reads this folder instead of logs/

exit status: 0 ok, 1 nothing found, 2 usage, 3 no logs to read`,
  zh: `用法：npm run logs -- [--delivery ID] [--report ID] [--repo OWNER/NAME] [--lane LANE] [--level LEVEL]
                      [--since 2h] [--follow] [--json] [--dir 目录]

  --delivery ID     一次投递从收到到处理完的全部日志，ID 见 GitHub 的 “Recent Deliveries”
  --report ID       一份报告是怎么来的、做了什么
  --repo、--lane    某个仓库的日志，或某条队列（如 acme/shop#12）的日志
  --level LEVEL     trace、debug、info、warn、error 或 fatal，以及更严重的
  --since 2h        只看最近这段时间；单位 s、m、h、d
  --follow          继续显示之后写入的日志；按 Ctrl+C 结束
  --json            每行一个 JSON 对象
  --dir 目录        读这个目录，而不是 logs/

退出状态：0 正常，1 没有找到，2 用法错误，3 没有可读的日志`,
};

export const unreadable = (folder: string, why: string): Said => ({
  en: `${folder} cannot be read: ${why}. Run this as the user the bot runs as, or name the folder with --dir.`,
  zh: `${folder} 无法读取：${why}。请用运行机器人的用户执行，或用 --dir 指明目录。`,
});

export const noFiles = (folder: string): Said => ({
  en: `There is no log file in ${folder} yet. The bot writes there with LOG_TYPE=file once it is started.`,
  zh: `${folder} 里还没有日志文件。设置 LOG_TYPE=file 并启动机器人后才会写入。`,
});

export const toConsole = (pm2: string): Said => ({
  en: `LOG_TYPE is console: the bot writes to its console, not to logs/. Under pm2 that ends up in ${pm2}:\n  npm run logs -- --dir ${pm2}\nLOG_TYPE=file in .env writes files that are put away each day.`,
  zh: `LOG_TYPE 是 console：机器人写到控制台，不写 logs/。用 pm2 运行时，pm2 把它存在 ${pm2}：\n  npm run logs -- --dir ${pm2}\n在 .env 里设置 LOG_TYPE=file，就会写入每天轮换的文件。`,
});

export const nothing: Said = {
  en: 'No line fits. Lines older than the files that are kept are gone; is the id complete?',
  zh: '没有符合的日志。超出保留期限的日志已删除；请确认 ID 是否完整。',
};

export const skippedLines = (count: number): Said => ({
  en: `(${count} ${count === 1 ? 'line is' : 'lines are'} not of the bot's own form and left out)`,
  zh: `（有 ${count} 行不是机器人写的格式，已略过）`,
});
