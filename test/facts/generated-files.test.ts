import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { generatedBy } from '../../app/facts/generated-files.ts';

const rows: readonly (readonly [attributes: string, list: string, path: string, generated: boolean])[] = [
  ['*.pb.go linguist-generated', '', 'a/b.pb.go', true],
  ['*.pb.go linguist-generated=true', '', 'b.pb.go', true],
  ['*.pb.go text', '', 'b.pb.go', false],
  ['*.go diff=golang linguist-generated -text', '', 'a.go', true],
  ['*.go linguist-generated\n/keep/*.go -linguist-generated', '', 'keep/a.go', false],
  ['*.go -linguist-generated\n*.go linguist-generated', '', 'a.go', true],
  ['*.go linguist-generated=false', 'path a.go', 'a.go', false],
  ['dist/** linguist-generated', '', 'dist/a/b.js', true],
  ['dist/** linguist-generated', '', 'src/dist/b.js', false],
  // A pattern of git's attributes that names a folder is not about what is in it.
  ['dist linguist-generated', '', 'dist/b.js', false],
  ['"a b.ts" linguist-generated', '', 'a b.ts', true],
  ['{a,b}.ts linguist-generated', '', 'a.ts', false],
  ['{a,b}.ts linguist-generated', '', '{a,b}.ts', true],
  ['# *.ts linguist-generated', '', 'a.ts', false],
  ['[ linguist-generated\r\n*.ts linguist-generated\r\n', '', 'a.ts', true],
  ['linguist-generated', '', 'linguist-generated', false],
  ['', 'path docs/api.md', 'docs/api.md', true],
  ['', 'path docs/api.md', 'x/docs/api.md', false],
  ['', 'file-name bindata.go', 'pkg/bindata.go', true],
  ['', 'file-prefix zz_', 'pkg/zz_x.go', true],
  ['', 'file-prefix zz_', 'zz_/x.go', false],
  ['', 'path-prefix vendor/', 'vendor/x/y.go', true],
  ['', 'paths-from-repo list.txt\n# path a.go', 'a.go', false],
  ['', 'toString a.go\n__proto__ a.go', 'a.go', false],
];

suite('generated files', () => {
  for (const [attributes, list, path, expected] of rows) {
    test(`${JSON.stringify(attributes || list)}: ${path} ${expected ? 'is' : 'is not'}`, () => {
      assert.equal(generatedBy(attributes, list)(path), expected);
    });
  }
});
