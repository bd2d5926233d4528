import { announce } from '../changes/announce.ts';
import { addComment, deleteComment, editComment } from '../changes/comments.ts';
import { addLabels, announceLabels, findLabel, removeLabels, wearLabels } from '../changes/labels.ts';
import { assign, requestReviews, unassign } from '../changes/people.ts';
import { closeThread, createThread, editThread, lockThread, reopenThread, setMilestone } from '../changes/threads.ts';
import { account, isBot } from '../hub.ts';
import { legacyPermission } from '../permissions.ts';
import { userJson } from '../render/account.ts';
import type { Label, Role } from '../state.ts';
import type { ActKeys } from './act-keys.ts';
import type { Acts } from './acts.ts';

const openIssue: Acts['open-issue'] = {
  keys: ['by', 'as', 'title', 'body', 'labels'],
  run: (keys) => {
    const by = keys.by();
    const thread = createThread(keys.hub, by, { title: keys.text('title'), body: keys.optional('body') }, null);
    keys.name('thread', thread.number);
    const labels = wearLabels(keys.hub, by, thread, keys.list('labels'));
    announce(keys.hub, thread, 'opened', by);
    announceLabels(keys.hub, by, thread, labels);
  },
};

const edit: Acts['edit'] = {
  keys: ['of', 'by', 'title', 'body', 'base'],
  run: (keys) => {
    const thread = keys.thread();
    if (keys.has('base') && !thread.pull) throw new Error('edit: an issue has no base');
    const wish = {
      title: keys.optional('title'),
      body: keys.raw('body') === null ? null : keys.optional('body'),
      base: keys.optional('base'),
    };
    editThread(keys.hub, keys.by(), thread, wish);
  },
};

const commentActs: Acts = {
  comment: {
    keys: ['of', 'by', 'as', 'body'],
    run: (keys) => {
      const thread = keys.thread();
      const body = keys.text('body').replaceAll('{head}', thread.pull?.headSha ?? '{head}');
      const comment = addComment(keys.hub, keys.by(), thread, body);
      keys.name('comment', comment.id);
      comment.as = keys.optional('as') ?? null;
    },
  },
  'edit-comment': {
    keys: ['comment', 'by', 'body'],
    run: (keys) => {
      const comment = keys.comment();
      editComment(keys.hub, keys.has('by') ? keys.by() : comment.user, comment, keys.text('body'));
    },
  },
  'delete-comment': {
    keys: ['comment', 'by', 'body'],
    run: (keys) => {
      const comment = keys.comment();
      deleteComment(keys.hub, keys.has('by') ? keys.by() : comment.user, comment);
    },
  },
  'delete-bot-comment': {
    keys: ['of', 'by'],
    run: (keys) => {
      const { number } = keys.thread();
      const said = [...keys.hub.state.comments.values()].filter(
        (one) => one.thread === number && isBot(keys.hub, one.user),
      );
      const newest = said.at(-1);
      if (!newest) throw new Error('delete-bot-comment: the bot has not commented there');
      deleteComment(keys.hub, keys.by(), newest);
    },
  },
};

function worn(labels: readonly Label[], name: string): Label[] {
  return labels.filter((label) => label.name.toLowerCase() === name.toLowerCase());
}

const labelActs: Acts = {
  label: {
    keys: ['of', 'by', 'labels'],
    run: (keys) => addLabels(keys.hub, keys.by(), keys.thread(), keys.list('labels')),
  },
  unlabel: {
    keys: ['of', 'by', 'labels'],
    run: (keys) => {
      const thread = keys.thread();
      for (const name of keys.list('labels')) {
        if (!findLabel(keys.hub, name)) throw new Error(`unlabel: there is no label ${name}`);
        removeLabels(keys.hub, keys.by(), thread, worn(thread.labels, name));
      }
    },
  },
};

const peopleActs: Acts = {
  assign: {
    keys: ['of', 'by', 'people'],
    run: (keys) => assign(keys.hub, keys.by(), keys.thread(), keys.list('people')),
  },
  unassign: {
    keys: ['of', 'by', 'people'],
    run: (keys) => unassign(keys.hub, keys.by(), keys.thread(), keys.list('people')),
  },
  'request-review': {
    keys: ['of', 'by', 'people'],
    run: (keys) => {
      const people = keys.list('people');
      const slug = (one: string) => /^@?acme\/(.+)$/i.exec(one)?.[1];
      const teams = people.flatMap((one) => slug(one) ?? []);
      const logins = people.filter((one) => slug(one) === undefined);
      requestReviews(keys.hub, keys.by(), keys.pull(), logins, teams);
    },
  },
};

const milestone: Acts['milestone'] = {
  keys: ['of', 'by', 'title'],
  run: (keys) => {
    const title = keys.raw('title') === null ? null : keys.text('title');
    const found = keys.hub.state.milestones.find((one) => one.title === title);
    if (title !== null && !found) throw new Error(`milestone: there is no milestone ${title}`);
    setMilestone(keys.hub, keys.by(), keys.thread(), found ?? null);
  },
};

const roles = new Set(['admin', 'maintain', 'write', 'triage', 'read', 'none']);

function sendMember(keys: ActKeys, login: string, had: string | undefined, role: string): void {
  const { hub } = keys;
  const action = role === 'none' ? 'removed' : had === undefined ? 'added' : 'edited';
  const changes =
    action === 'added'
      ? { permission: { to: legacyPermission[role as Role] }, role_name: { to: role } }
      : { permission: { from: had ?? null, to: role } };
  const member = account(hub, login);
  hub.emit('member', action, account(hub, 'acme-owner'), {
    member: userJson(hub, member),
    ...(action === 'removed' ? {} : { changes }),
  });
}

const role: Acts['role'] = {
  keys: ['login', 'role'],
  run: (keys) => {
    const login = keys.text('login');
    const wanted = keys.text('role');
    if (!roles.has(wanted)) throw new Error(`role: unknown role ${wanted}`);
    const { roles: known } = keys.hub.state;
    const had = known.get(login.toLowerCase());
    if (wanted === 'none') known.delete(login.toLowerCase());
    else known.set(login.toLowerCase(), wanted as Role);
    sendMember(keys, login, had, wanted);
  },
};

export const threadActs: Acts = {
  'open-issue': openIssue,
  edit,
  ...commentActs,
  ...labelActs,
  ...peopleActs,
  milestone,
  close: {
    keys: ['of', 'by', 'reason'],
    run: (keys) => closeThread(keys.hub, keys.by(), keys.thread(), keys.optional('reason') ?? null),
  },
  reopen: { keys: ['of', 'by'], run: (keys) => reopenThread(keys.hub, keys.by(), keys.thread()) },
  lock: { keys: ['of', 'by'], run: (keys) => lockThread(keys.hub, keys.by(), keys.thread(), true, null) },
  role,
};
