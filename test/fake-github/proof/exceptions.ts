import type { Schema } from './description.ts';

interface OldCopy {
  readonly why: string;
  /** Fields that tell which object a schema copies. */
  readonly knows: readonly string[];
  /** The copy has no other fields than `knows` and these. */
  readonly only?: readonly string[];
  /** Fields as they are today. */
  readonly now: Schema;
}

const text: Schema = { type: 'string' };

/** Objects that GitHub's description repeats in many places, some of which stayed behind. */
const oldCopies: readonly OldCopy[] = [
  {
    why: 'every account carries `user_view_type`, as the component simple-user says',
    knows: ['login', 'gravatar_id', 'site_admin'],
    now: { user_view_type: text },
  },
  {
    why: 'an App can hold every right of the component app-permissions; webhooks list those of an earlier year',
    knows: ['metadata', 'checks', 'contents', 'pull_requests'],
    now: { merge_queues: text },
  },
  {
    why: 'a repository carries `custom_properties`, also inside a pull request: so the published examples of webhooks show',
    knows: ['full_name', 'forks_url', 'clone_url'],
    now: { custom_properties: { type: 'object' } },
  },
  {
    why: 'a team says whose it is and how it is notified, as the component team says',
    knows: ['slug', 'members_url', 'repositories_url'],
    now: { notification_setting: text, type: text, organization_id: { type: 'integer' } },
  },
  {
    why: 'a team asked for a review carries its parent in some events and not in others; the component team says that it does',
    knows: ['slug', 'members_url', 'ldap_dn'],
    now: { parent: { type: 'object', nullable: true } },
  },
  {
    why: 'an App hears of milestones as of everything else, with its installation; two webhooks about pull requests leave that out',
    knows: ['action', 'milestone', 'number', 'pull_request', 'sender'],
    now: { installation: { type: 'object' } },
  },
  {
    why: 'a label may have no description, as the component label says',
    knows: ['node_id', 'color', 'default', 'description'],
    now: { description: { type: 'string', nullable: true } },
  },
  {
    why: 'an issue found by a search may have no body, as the component issue says',
    knows: ['score', 'body', 'repository_url'],
    now: { body: { type: 'string', nullable: true } },
  },
  {
    why: 'an App can ask for every event, as the component integration says; one webhook lists those before merge_group',
    knows: ['external_url', 'permissions', 'events'],
    now: { events: { type: 'array', items: text } },
  },
  {
    why: 'every error says its own status, as the component basic-error says',
    knows: ['message', 'documentation_url'],
    now: { status: text },
    only: ['errors', 'url'],
  },
  {
    why: 'a workflow run has a title, as the component workflow-run says; one webhook lists the fields before it',
    knows: ['run_number', 'run_attempt', 'head_repository'],
    now: { display_title: text },
  },
  {
    why: 'an address nobody gave for a deployment status is empty, as the default of the component deployment-status says',
    knows: ['deployment_url', 'environment_url', 'log_url', 'target_url'],
    now: { environment_url: text, log_url: text, target_url: text },
  },
];

const isOldCopy = (names: readonly string[], { knows, only, now }: OldCopy): boolean =>
  knows.every((name) => names.includes(name)) &&
  (!only || names.every((name) => knows.includes(name) || only.includes(name) || name in now));

/** A schema with what GitHub forgot in it. */
export function corrected(schema: Schema): Schema {
  const properties = schema['properties'] as Schema | undefined;
  const names = Object.keys(properties ?? {});
  const found = oldCopies.filter((copy) => isOldCopy(names, copy));
  if (found.length === 0) return schema;
  const now = Object.assign({}, ...found.map(({ now }) => now)) as Schema;
  return { ...schema, properties: { ...properties, ...now } };
}

interface Alias {
  readonly why: string;
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Routes GitHub answers that are described under another name. */
export const aliases: Readonly<Record<string, Alias>> = {
  'GET /repos/{owner}/{repo}/contents': {
    why: 'the root folder: the path is empty, with or without the slash before it',
    route: 'GET /repos/{owner}/{repo}/contents/{path}',
    params: { path: '' },
  },
};

/** Routes that OpenAPI does not speak of, with what proves them instead. */
export const undescribed: Readonly<Record<string, string>> = {
  'POST /graphql': 'queries are validated against the public schema, and answers come from executing it',
};

/** Answers whose schema no answer could match, with the one that holds. */
export const misprinted: Readonly<Record<string, { readonly why: string; readonly schema: Schema }>> = {
  '200 GET /app/installations': {
    why: 'its own copy wants an account that is a user and an enterprise at once; the component says either',
    schema: { type: 'array', items: { $ref: '#/components/schemas/installation' } },
  },
};

const basic: Schema = { $ref: '#/components/schemas/basic-error' };

/** Redirects and errors any route gives, which the description lists for a few routes only. */
export const anyRouteMay: Readonly<Record<number, Schema>> = {
  301: basic,
  307: basic,
  400: basic,
  401: basic,
  403: basic,
  404: basic,
  409: basic,
  422: {
    anyOf: [
      { $ref: '#/components/schemas/validation-error' },
      { $ref: '#/components/schemas/validation-error-simple' },
      basic,
    ],
  },
  429: basic,
  500: basic,
};
