import { ApiError } from '../api-error.ts';
import { account, fullName, type Hub } from '../hub.ts';
import { teamJson, userJson } from '../render/account.ts';
import type { PullThread } from '../render/pull.ts';
import type { Account, Thread } from '../state.ts';
import { announce, record } from './announce.ts';
import { commentsOf } from '../render/thread.ts';

const mostAssignees = 10;

/** Collaborators, organisation members, the author and commenters of the thread. */
export function assignable(hub: Hub, thread: Thread | null, login: string): boolean {
  const key = login.toLowerCase();
  if (hub.state.roles.has(key) || hub.state.members.has(key)) return true;
  if (!thread) return false;
  const wrote = commentsOf(hub, thread).some((comment) => comment.user.login.toLowerCase() === key);
  return wrote || thread.author.login.toLowerCase() === key;
}

/** Whoever cannot be assigned is left out without a word, as GitHub does. */
export function assign(hub: Hub, actor: Account, thread: Thread, logins: readonly string[]): void {
  for (const login of logins) {
    const known = thread.assignees.some((one) => one.login.toLowerCase() === login.toLowerCase());
    if (known || !assignable(hub, thread, login) || thread.assignees.length >= mostAssignees) continue;
    const who = account(hub, login);
    thread.assignees.push(who);
    record(hub, thread, 'assigned', actor, { assignee: who });
    announce(hub, thread, 'assigned', actor, { assignee: userJson(hub, who) });
  }
}

export function unassign(hub: Hub, actor: Account, thread: Thread, logins: readonly string[]): void {
  const names = new Set(logins.map((login) => login.toLowerCase()));
  for (const who of thread.assignees.filter((one) => names.has(one.login.toLowerCase()))) {
    thread.assignees = thread.assignees.filter((one) => one !== who);
    record(hub, thread, 'unassigned', actor, { assignee: who });
    announce(hub, thread, 'unassigned', actor, { assignee: userJson(hub, who) });
  }
}

export function setAssignees(hub: Hub, actor: Account, thread: Thread, logins: readonly string[]): void {
  const names = new Set(logins.map((login) => login.toLowerCase()));
  const extra = thread.assignees.filter((one) => !names.has(one.login.toLowerCase()));
  unassign(
    hub,
    actor,
    thread,
    extra.map((one) => one.login),
  );
  assign(hub, actor, thread, logins);
}

function checkReviewers(hub: Hub, thread: PullThread, logins: readonly string[], teams: readonly string[]): void {
  for (const login of logins) {
    const key = login.toLowerCase();
    if (key === thread.author.login.toLowerCase())
      throw new ApiError(422, 'Review cannot be requested from pull request author.');
    if (!hub.state.roles.has(key) && !hub.state.members.has(key)) throw notCollaborator(hub);
  }
  if (teams.some((slug) => !hub.state.teams.has(slug.toLowerCase()))) throw notCollaborator(hub);
}

const notCollaborator = (hub: Hub) =>
  new ApiError(
    422,
    `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(hub)} repository.`,
  );

/** One name that cannot be asked refuses the whole request. */
export function requestReviews(
  hub: Hub,
  actor: Account,
  thread: PullThread,
  logins: readonly string[],
  teams: readonly string[],
): void {
  checkReviewers(hub, thread, logins, teams);
  for (const who of logins.map((login) => account(hub, login))) {
    if (thread.pull.reviewers.includes(who)) continue;
    thread.pull.reviewers.push(who);
    record(hub, thread, 'review_requested', actor, { reviewer: who });
    announce(hub, thread, 'review_requested', actor, { requested_reviewer: userJson(hub, who) });
  }
  for (const slug of teams) {
    const team = hub.state.teams.get(slug.toLowerCase());
    if (!team || thread.pull.teams.includes(team)) continue;
    thread.pull.teams.push(team);
    record(hub, thread, 'review_requested', actor, { team });
    announce(hub, thread, 'review_requested', actor, { requested_team: teamJson(hub, team) });
  }
}

export function unrequestReviews(
  hub: Hub,
  actor: Account,
  thread: PullThread,
  logins: readonly string[],
  teams: readonly string[],
): void {
  const has = (list: readonly string[], name: string) => list.some((one) => one.toLowerCase() === name.toLowerCase());
  for (const who of thread.pull.reviewers.filter((one) => has(logins, one.login))) {
    thread.pull.reviewers = thread.pull.reviewers.filter((one) => one !== who);
    record(hub, thread, 'review_request_removed', actor, { reviewer: who });
    announce(hub, thread, 'review_request_removed', actor, { requested_reviewer: userJson(hub, who) });
  }
  for (const team of thread.pull.teams.filter((one) => has(teams, one.slug))) {
    thread.pull.teams = thread.pull.teams.filter((one) => one !== team);
    record(hub, thread, 'review_request_removed', actor, { team });
    announce(hub, thread, 'review_request_removed', actor, { requested_team: teamJson(hub, team) });
  }
}
