import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which a secret might be written down: as it is, encoded, escaped; of a key each of its lines. */
export function formsOf(secret: string): readonly string[] {
  const lines = secret.split('\n').filter((line) => line.length > 30 && !line.startsWith('-----'));
  if (lines.length > 0 && secret.includes('-----BEGIN')) return lines;
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, base64.replace(/=+$/, ''), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/** Which of these secrets a text holds, in whatever form; each by its name. */
export function heldBy(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
  );
}

/** Every file below a folder that may be there, by its path, as text of single bytes. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'latin1')]));
}
