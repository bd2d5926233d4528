import fc from 'fast-check';

const fragments = [
  ...[
    '/lgtm',
    '/lgtm cancel',
    '@github-bot ',
    '@acme/all',
    '#1',
    'GH-1',
    'closes #2',
    'www.evil.example',
    'https://e.example',
  ],
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '# ',
    '---',
    '<!--',
    '-->',
    '<details>',
    '</details>',
    '<b',
    '>',
  ],
  ...[
    '[',
    '](',
    ')',
    '![',
    '*',
    '_',
    '$',
    '\\',
    '|',
    '{{',
    '}}',
    '{%',
    '%}',
    'title',
    'constructor',
    '__proto__',
    '&a',
    '*a',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\0',
    '\u200b',
    '\u202e',
    '\ufeff',
    '\u2028',
    '／lgtm',
    '\u00a0',
    '\ud800',
    ' ',
    'a',
    '0',
    ':',
    ',',
    '{',
    '}',
    ']',
  ],
  ...[
    'pr-title:',
    'labels:',
    ' only:',
    '!!js',
    '? ',
    '(a|b){50}',
    '(?:',
    '[^',
    '**/',
    '{a,b}',
    '!',
    '.*',
    '$',
    '^',
    'é',
    '漢',
  ],
];

/** Texts made of what means something to somebody, and of anything at all. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...fragments), fc.integer({ min: 1, max: 3_000 }))
      .map(([part, times]) => part.repeat(times).slice(0, 64 * 1024)),
  },
);

/** Anything JSON can say, with the keys of payloads. */
export const payloads: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1, 7, 2 ** 53, 1e300, '', 'opened', 'acme', 'a'.repeat(40), 'refs/heads/main'),
    texts,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...[
          'action',
          'issue',
          'number',
          'comment',
          'repository',
          'owner',
          'login',
          'id',
          'name',
          'installation',
          'ref',
        ],
        ...['pull_request', 'head_sha', 'check_run', 'commits', 'sha', 'state', 'repositories', 'changes', '__proto__'],
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

const hosts = [
  ...['api.github.com', 'api.github.com.evil.example', 'evil.example', 'api.github.com@evil.example', '127.0.0.1'],
  ...[
    '169.254.169.254',
    '[::ffff:7f00:1]',
    '2130706433',
    '0x7f.1',
    'localhost',
    'API.GitHub.com',
    'api.github.com.',
    'ａpi.github.com',
  ],
];

/** Addresses that look like the one that may be called. */
export const addresses: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      'https://',
      'http://',
      'HTTPS://',
      'file://',
      '//',
      'https:\\\\',
      'ftp://',
      'https:',
      'data:',
      ' https://',
    ),
    fc.constantFrom('', 'me@', 'me:pw@', 'api.github.com:443@', '\t'),
    fc.constantFrom(...hosts),
    fc.constantFrom('', ':443', ':80', ':8443', ':0443', ':'),
    fc.oneof(fc.constantFrom('/', '', '\\@evil.example', '/..//evil.example', '?x', '#@evil.example'), texts),
  )
  .map((parts) => parts.join(''));
