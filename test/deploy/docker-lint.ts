/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

export function instructionsIn(text: string): readonly Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const joined = lines.join('\n').replace(/\\\n\s*/g, '');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

/** The program and its arguments of `["node", "app/main.ts"]`; null when it is not written so. */
export function programIn(text: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(text.slice(text.indexOf('[')));
    return Array.isArray(parsed) && parsed.every((part) => typeof part === 'string') ? parsed : null;
  } catch {
    return null;
  }
}

/** Whether `.dockerignore` lets a path in: the last line that matches decides. Only the forms this project uses are known. */
export function isLetIn(path: string, ignore: string): boolean {
  const lines = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.reduce((isIn, line) => {
    const pattern = line.replace(/^!/, '');
    const source = pattern.startsWith('**/') ? `(.*/)?${inner(pattern.slice(3))}` : inner(pattern);
    return new RegExp(`^${source}(/.*)?$`).test(path) ? line.startsWith('!') : isIn;
  }, true);
}

const inner = (glob: string) => glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');

const known = [
  ...['FROM', 'ARG', 'ENV', 'WORKDIR', 'COPY', 'RUN', 'USER', 'VOLUME', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK'],
  ...['ENTRYPOINT', 'CMD', 'LABEL', 'SHELL', 'ADD'],
];

export interface Surroundings {
  readonly ignore: string;
  readonly exists: (path: string) => boolean;
  readonly secretNames: readonly string[];
}

function faultOf({ name, rest }: Instruction, { ignore, exists, secretNames }: Surroundings): string | null {
  if (!known.includes(name)) return `${name} is no instruction`;
  if (name === 'ADD') return 'ADD fetches and unpacks; COPY does not';
  if (name === 'FROM' && !/^\S+:(?!latest\b)\S+/.test(rest)) return `FROM ${rest} names no version`;
  if (name === 'RUN' && /\b(curl|wget)\b|https?:/.test(rest))
    return 'RUN takes something from the net that no lock file names';
  if (name === 'RUN' && /\bnpm (i|install)\b/.test(rest)) return 'npm install may install what is not locked';
  const secret = (name === 'ENV' || name === 'ARG') && secretNames.find((setting) => rest.includes(setting));
  if (secret) return `${name} would bake ${secret} into the image`;
  if (['ENTRYPOINT', 'CMD', 'HEALTHCHECK'].includes(name) && programIn(rest) === null)
    return `${name} runs a shell, which would not hand on signals`;
  if (name !== 'COPY') return null;
  const sources = rest
    .split(/\s+/)
    .filter((part) => !part.startsWith('--'))
    .slice(0, -1);
  const missing = sources.find((path) => !exists(path) || !isLetIn(path, ignore));
  if (missing !== undefined) return `COPY of ${missing}, which is not there or not let in`;
  return sources.includes('.') ? 'COPY of everything' : null;
}

/** Everything that is wrong with a Dockerfile. */
export function faultsIn(text: string, surroundings: Surroundings): string[] {
  const all = instructionsIn(text);
  const last = (name: string) => all.findLast((one) => one.name === name)?.rest ?? '';
  const faults = all.map((one) => faultOf(one, surroundings)).filter((fault) => fault !== null);
  const user = last('USER');
  if (user === '' || /^(root|0)(:|$)/.test(user)) faults.push('it runs as root');
  if (all[0]?.name !== 'FROM') faults.push('it does not begin with FROM');
  if (!last('HEALTHCHECK').includes('/healthz')) faults.push('nobody asks /healthz');
  return faults;
}
