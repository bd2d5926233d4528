import { ApiError, invalid } from '../api-error.ts';
import { freshId, type Hub } from '../hub.ts';
import { labelJson } from '../render/repository.ts';
import type { Account, Label, Thread } from '../state.ts';
import { announce, record } from './announce.ts';

const key = (name: string): string => name.toLowerCase();

export const findLabel = (hub: Hub, name: string): Label | undefined => hub.state.labels.get(key(name));

export function needLabel(hub: Hub, name: string): Label {
  const label = findLabel(hub, name);
  if (!label) throw new ApiError(404, 'Not Found');
  return label;
}

function checkLabel(name: string | undefined, color: string | undefined, description: string | null | undefined): void {
  if (name !== undefined && (name.trim() === '' || [...name].length > 50)) throw invalid('Label', 'name');
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color');
  if (description && [...description].length > 100)
    throw invalid('Label', 'description', 'custom', 'description is too long (maximum is 100 characters)');
}

export interface LabelFields {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}

export function createLabel(hub: Hub, actor: Account, fields: LabelFields & { name: string }): Label {
  checkLabel(fields.name, fields.color, fields.description);
  if (findLabel(hub, fields.name)) throw invalid('Label', 'name', 'already_exists');
  const label: Label = {
    id: freshId(hub),
    name: fields.name,
    color: fields.color ?? 'ededed',
    description: fields.description ?? null,
  };
  hub.state.labels.set(key(label.name), label);
  hub.emit('label', 'created', actor, { label: labelJson(hub, label) });
  return label;
}

export function editLabel(hub: Hub, actor: Account, label: Label, fields: LabelFields): void {
  checkLabel(fields.name, fields.color, fields.description);
  const taken = fields.name === undefined ? undefined : findLabel(hub, fields.name);
  if (taken && taken !== label) throw invalid('Label', 'name', 'already_exists');
  const changes: Record<string, unknown> = {};
  if (fields.name !== undefined && fields.name !== label.name) {
    changes['name'] = { from: label.name };
    hub.state.labels.delete(key(label.name));
    label.name = fields.name;
    hub.state.labels.set(key(label.name), label);
  }
  if (fields.color !== undefined && fields.color !== label.color) {
    changes['color'] = { from: label.color };
    label.color = fields.color;
  }
  if (fields.description !== undefined && fields.description !== label.description) {
    changes['description'] = { from: label.description ?? '' };
    label.description = fields.description;
  }
  hub.emit('label', 'edited', actor, { label: labelJson(hub, label), changes });
}

export function deleteLabel(hub: Hub, actor: Account, label: Label): void {
  hub.state.labels.delete(key(label.name));
  for (const thread of hub.state.threads.values()) thread.labels = thread.labels.filter((one) => one !== label);
  hub.emit('label', 'deleted', actor, { label: labelJson(hub, label) });
}

/** Puts labels on without sending `labeled` yet; a label nobody made is made. */
export function wearLabels(hub: Hub, actor: Account, thread: Thread, names: readonly string[]): Label[] {
  const fresh: Label[] = [];
  for (const name of names) {
    const label = findLabel(hub, name) ?? createLabel(hub, actor, { name });
    if (thread.labels.includes(label)) continue;
    thread.labels.push(label);
    record(hub, thread, 'labeled', actor, { label: { ...label } });
    fresh.push(label);
  }
  return fresh;
}

export function announceLabels(hub: Hub, actor: Account, thread: Thread, labels: readonly Label[]): void {
  for (const label of labels) announce(hub, thread, 'labeled', actor, { label: labelJson(hub, label) });
}

export function addLabels(hub: Hub, actor: Account, thread: Thread, names: readonly string[]): void {
  for (const name of names) announceLabels(hub, actor, thread, wearLabels(hub, actor, thread, [name]));
}

export function removeLabels(hub: Hub, actor: Account, thread: Thread, labels: readonly Label[]): void {
  for (const label of labels) {
    thread.labels = thread.labels.filter((one) => one !== label);
    record(hub, thread, 'unlabeled', actor, { label: { ...label } });
    announce(hub, thread, 'unlabeled', actor, { label: labelJson(hub, label) });
  }
}

export function setLabels(hub: Hub, actor: Account, thread: Thread, names: readonly string[]): void {
  const wanted = new Set(names.map(key));
  const extra = thread.labels.filter((label) => !wanted.has(key(label.name)));
  removeLabels(hub, actor, thread, extra);
  addLabels(hub, actor, thread, names);
}
