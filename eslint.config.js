import tseslint from 'typescript-eslint';

const noNondeterminism = [
  { object: 'Date', property: 'now', message: 'Take the time from the Clock port (app/clock.ts).' },
  { object: 'Math', property: 'random', message: 'Take randomness from the Clock port (app/clock.ts).' },
  { object: 'process', property: 'env', message: 'Only config/env.ts reads the environment.' },
];

const timers = ['setTimeout', 'setInterval'].map((name) => ({
  name,
  message: 'Timers come from the Clock port (app/clock.ts).',
}));

export default tseslint.config(
  { ignores: ['node_modules/', 'data/', 'logs/', 'config/generated/', 'ecosystem.config.js', 'eslint.config.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'off',
      'no-console': 'off',
      'no-restricted-properties': ['error', ...noNondeterminism.filter((rule) => rule.object === 'process')],
      'no-restricted-exports': ['error', { restrictDefaultExports: { named: true } }],
    },
  },
  // Runs in browsers, as it is.
  { files: ['scripts/demo/assets/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['config/env.ts', 'test/**', 'scripts/**'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['app/**'],
    rules: {
      'no-restricted-properties': ['error', ...noNondeterminism],
      'no-restricted-globals': ['error', ...timers],
      'no-console': 'error',
    },
  },
  { files: ['app/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['app/clock.ts'], rules: { 'no-restricted-properties': 'off', 'no-restricted-globals': 'off' } },
  {
    files: ['app/modules/**', 'app/rules/**', 'app/facts/**', 'app/wants/**', 'app/engine/**'],
    rules: {
      'no-restricted-globals': ['error', ...timers, { name: 'fetch', message: 'Effects live behind app/github.' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: ":matches(NewExpression, CallExpression)[callee.name='RegExp']",
          message: 'A pattern somebody wrote is RE2 (app/modules/pattern.ts): a native one can take for ever.',
        },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='only'][object.name=/^(test|it|describe|suite)$/]",
          message: 'No .only in committed tests.',
        },
      ],
    },
  },
);
