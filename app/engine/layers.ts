import { rulesPath } from '../facts/rules-entry.ts';
import type { RulesFile } from '../facts/rules-entry.ts';
import { code } from '../quote.ts';
import type { Extending } from '../rules/extending.ts';
import type { Layer, Problem } from '../rules/rules.ts';
import type { GoodRules, Store } from '../store/store.ts';
import type { Repo, Subject } from '../subject.ts';
import { listed } from '../text.ts';
import { extendsCircle, extendsDeep, extendsEmpty, extendsForeign, extendsNowhere } from './layer-words.ts';
import type { RemoteRules } from './remote-rules.ts';
import { unreadableRules } from './words.ts';

/** A rules file that counts, and whose it is. */
export interface Part extends GoodRules {
  readonly repo: Repo;
  readonly layer: Layer;
}

/** The files that make the rules of one repository, from the top; one at fault is stood in for by the last one without. */
export interface Layers {
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** Repositories that were looked at besides this one, with the id of what they hold now. */
  readonly seen: readonly { readonly repo: Repo; readonly oid: string | null }[];
}

export interface LayerPorts {
  readonly store: Pick<Store, 'goodRules'>;
  readonly remote: RemoteRules;
  /** Faults of one layer on its own. */
  readonly faults: (layer: Layer) => readonly Problem[];
  /** What a layer without faults names with `extends`. */
  readonly extending: (layer: Layer) => Extending | null;
}

/** So many repositories may stand above each other by `extends`. */
const deepest = 3;
const nothing: Layers = { parts: [], problems: [], seen: [] };
const organizationRepo = '.github';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const nameOf = ({ owner, name }: Pick<Repo, 'owner' | 'name'>) => `${owner}/${name}`;

/** The fault of a rules file that is no ordinary text file. */
export function unreadable(layer: Layer['name'], file: string): Problem {
  return { layer, file, line: 1, column: 1, message: unreadableRules({ file: code(file) }) };
}

type Place = Pick<Part, 'repo'> & { readonly name: Layer['name'] };

function partOf({ repo, name }: Place, { oid, text }: GoodRules): Part {
  const file = name === 'repository' ? rulesPath : `${nameOf(repo)}:${rulesPath}`;
  return { repo, oid, text, layer: { name, file, oid, text } };
}

const joined = (a: Layers, b: Layers): Layers => ({
  parts: [...a.parts, ...b.parts],
  problems: [...a.problems, ...b.problems],
  seen: [...a.seen, ...b.seen],
});

class Climb {
  readonly #asking: Subject;
  readonly #ports: LayerPorts;
  /** Files that have their place already; they are not put in a second time. */
  readonly #placed: Repo[] = [];

  constructor(asking: Subject, ports: LayerPorts) {
    this.#asking = asking;
    this.#ports = ports;
  }

  place(repo: Repo): void {
    this.#placed.push(repo);
  }

  /** A file and all that it extends. `way`: the names that led here, this one last. */
  async file(place: Place, file: RulesFile, way: readonly string[], alone: boolean): Promise<Layers> {
    const { oid, text } = file;
    const part = partOf(place, { oid, text: text ?? '' });
    const faults = text === null ? [unreadable(place.name, part.layer.file)] : this.#ports.faults(part.layer);
    const upper = faults.length > 0 || alone ? { own: null, found: nothing } : await this.#upper(part.layer, way);
    const problems = [...faults, ...(upper.own ? [upper.own] : []), ...upper.found.problems];
    const found = { ...upper.found, problems };
    if (faults.length === 0 && !upper.own) return joined(found, { ...nothing, parts: [part] });
    const before = await this.#ports.store.goodRules(place.repo.id);
    if (before && before.oid !== oid) return this.#standIn(partOf(place, before), found, way, alone);
    return faults.length > 0 ? { ...found, parts: [] } : joined(found, { ...nothing, parts: [part] });
  }

  /** What was in force before, with what that extends. */
  async #standIn(part: Part, now: Layers, way: readonly string[], alone: boolean): Promise<Layers> {
    const usable = this.#ports.faults(part.layer).length === 0;
    const { found } = usable && !alone ? await this.#upper(part.layer, way) : { found: nothing };
    const parts = usable ? [...found.parts, part] : [];
    return { parts, problems: now.problems, seen: [...now.seen, ...found.seen] };
  }

  async #upper(layer: Layer, way: readonly string[]): Promise<{ own: Problem | null; found: Layers }> {
    const extending = this.#ports.extending(layer);
    if (!extending) return { own: null, found: nothing };
    const { owner } = this.#asking.repo;
    const message = forbids(extending, owner, way);
    if (message) return { own: extending.fault(message), found: nothing };
    if (this.#placed.some(({ name }) => same(name, extending.name))) return { own: null, found: nothing };
    const target = code(nameOf(extending));
    const remote = await this.#ports.remote.read(this.#asking, extending.name);
    if (!remote) return { own: extending.fault(extendsNowhere({ target })), found: nothing };
    const seen = [{ repo: remote.repo, oid: remote.file?.oid ?? null }];
    if (!remote.file) {
      const message = extendsEmpty({ target, file: code(rulesPath) });
      return { own: extending.fault(message), found: { ...nothing, seen } };
    }
    const next = [...way, nameOf({ owner, name: extending.name })];
    const found = await this.file({ repo: remote.repo, name: 'extends' }, remote.file, next, false);
    this.place(remote.repo);
    return { own: null, found: { ...found, seen: [...seen, ...found.seen] } };
  }
}

/** Why a file may not name this repository, whatever is there: `way` are those that led to the file, its own the last. */
export function forbids(extending: Extending, owner: string, way: readonly string[]): Problem['message'] | null {
  const target = code(nameOf(extending));
  if (!same(extending.owner, owner)) return extendsForeign({ target, owner: code(owner) });
  if (way.some((step) => same(step, nameOf(extending)))) {
    return extendsCircle({ way: listed([...way, nameOf(extending)].map((step) => code(step))) });
  }
  return way.length > deepest ? extendsDeep({ target, limit: deepest }) : null;
}

/**
 * All files above and with a repository's own one. `locked`: whether a layer that stands above forbids `extends`. Throws a
 * `later` trouble when GitHub cannot say what one of them is.
 */
export async function layersFor(
  subject: Subject,
  file: RulesFile | null,
  locked: (above: readonly Layer[]) => boolean,
  ports: LayerPorts,
): Promise<Layers> {
  const { repo } = subject;
  const climb = new Climb(subject, ports);
  let all = nothing;
  // The organisation's own repository has its file once, as any other.
  const organization = same(repo.name, organizationRepo) ? null : await ports.remote.read(subject, organizationRepo);
  if (organization) {
    all = { ...nothing, seen: [{ repo: organization.repo, oid: organization.file?.oid ?? null }] };
    const place: Place = { repo: organization.repo, name: 'organization' };
    const way = [nameOf({ owner: repo.owner, name: organizationRepo })];
    if (organization.file) all = joined(all, await climb.file(place, organization.file, way, locked([])));
    climb.place(organization.repo);
  }
  if (!file) return all;
  const above = all.parts.map(({ layer }) => layer);
  return joined(all, await climb.file({ repo, name: 'repository' }, file, [nameOf(repo)], locked(above)));
}
