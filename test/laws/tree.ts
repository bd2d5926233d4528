/** Folders that exist on one machine only; put together so that this file does not name them. */
const machinePaths = ['work', 'root', 'home', 'Users'].map((name) => new RegExp(`(?<![\\w.~@}-])/${name}/[\\w.-]`));

/** `file:line` of every place that names a folder of one machine. */
export function machinePathsIn(file: string, text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => (machinePaths.some((path) => path.test(line)) ? [`${file}:${at + 1}`] : []));
}

/** The npm scripts a page tells people to run. */
export function scriptsNamedIn(text: string): string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:--silent |-s )?([\w:-]+)|(start|test)\b)/g)];
  return [...new Set(named.map((match) => match[1] ?? match[2] ?? ''))];
}

/** The files a script of package.json runs: `node scripts/demo.ts --once` -> `scripts/demo.ts`. */
export function filesRunBy(script: string): string[] {
  return [...script.matchAll(/(?<![\w*/.])((?:app|scripts)\/[\w/.-]+\.ts)\b/g)].map((match) => match[1] ?? '');
}

/** Links of a page to files of the project, without their fragments. */
export function linksIn(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^(https?:|#|mailto:)/.test(link)).map((link) => link.replace(/#.*$/, ''));
}

/** Webhooks, as `issues.labeled` or `push`, that GitHub does not send. */
export function unknownEvents(events: readonly string[], known: ReadonlyMap<string, readonly string[]>): string[] {
  return events.filter((event) => {
    const [name = '', action] = event.split('.');
    const actions = known.get(name);
    return !actions || (action !== undefined && !actions.includes(action));
  });
}
