import type { Settings } from './env.ts';

const hidden = '[hidden]';

const forms: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g, hidden],
  [/gh[pousr]_[A-Za-z0-9._-]{16,}/g, hidden],
  [/github_pat_[A-Za-z0-9_]{16,}/g, hidden],
  [/xox[a-z]-[A-Za-z0-9_-]{10,}/g, hidden],
  [/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, hidden],
  [/(bearer|basic|authorization: *token)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${hidden}`],
  [/(:\/\/)[^\s/@]{1,512}@/g, `$1${hidden}@`],
];

// A shorter one would blot out ordinary words.
const shortest = 8;

/** The ways in which a secret of ours could be written down. */
function spellings(secret: string): string[] {
  const lines = secret.split('\n').map((line) => line.trim());
  const whole = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  return [...whole, ...lines.filter((line) => !line.startsWith('-----'))];
}

/** Takes secrets out of a text: those of the settings, and whatever looks like a key or token of GitHub or of a chat. */
export function redactor(
  settings: Pick<Settings, 'webhookSecrets' | 'token' | 'privateKey'>,
): (text: string) => string {
  const secrets = [...settings.webhookSecrets, settings.token, settings.privateKey];
  const spelled = secrets.flatMap(spellings).filter((text) => text.length >= shortest);
  // The longest first: a secret can begin with another one.
  const ours = [...new Set(spelled)].sort((a, b) => b.length - a.length);
  return (text) => {
    const rest = ours.reduce((left, secret) => left.replaceAll(secret, hidden), text);
    return forms.reduce((left, [form, instead]) => left.replace(form, instead), rest);
  };
}
