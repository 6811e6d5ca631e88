// The snippets of the five guides that the product was asked to serve: what is wrong in them is found, what is right stays silent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { recognise } from '../../server/src/core/recognise.ts';
import { corpusFiles } from '../support/corpus.ts';

interface Snippet {
  /** The guide's number and the line on which the fence opens. */
  readonly place: string;
  readonly path: string;
  readonly text: string;
}

const hereDocument = /cat\s*>\s*(\/\S+)[^\n]*<<\s*'?EOF'?[^\n]*\n([\s\S]*?)^EOF$/gm;
const pathOf: Readonly<Record<string, string>> = {
  json: '/etc/docker/daemon.json',
  toml: '/etc/containers/storage.conf',
  yaml: '/manifests/guide.yaml',
};

/** Fenced files, and files that fenced shell commands write. */
function snippets(): Snippet[] {
  return corpusFiles('seeds').flatMap(({ name, text }) =>
    [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].flatMap(
      ({ 1: language = '', 2: body = '', index }): Snippet[] => {
        const place = `${name.slice(0, 3)}:${text.slice(0, index).split('\n').length}`;
        const written = [...body.matchAll(hereDocument)].map(([, path = '', held = '']) => ({
          place,
          path,
          text: held,
        }));
        const path = pathOf[language];
        return path === undefined ? written : [{ place, path, text: body }];
      },
    ),
  );
}

/** What must be found, by the place of the snippet; every other snippet of ours is right. */
const expected: Readonly<Record<string, readonly string[]>> = {
  '000:187': ['error storage-opt-removed', 'info size-needs-xfs-quota'],
  '000:234': ['error storage-driver-removed'],
  '000:719': ['error storage-opt-removed', 'info size-needs-xfs-quota'],
  '000:1306': ['hint data-hidden'],
  '000:1344': ['error storage-opt-removed', 'hint data-hidden'],
  '000:1447': ['warning metrics-addr-exposed'],
  '000:1533': ['error provisioner-unknown'],
  '000:1594': ['error csi-secret-incomplete', 'error csi-secret-incomplete', 'warning csi-parameter-missing'],
  '001:260': [...Array<string>(18).fill('error not-strict-json'), 'error storage-driver-removed'],
  '001:311': [
    ...Array<string>(3).fill('error not-strict-json'),
    'error storage-opt-removed',
    'warning insecure-registry-everything',
  ],
  '001:575': [
    'hint class-expansion',
    ...Array<string>(4).fill('info csi-parameter-unknown'),
    'warning csi-parameter-missing',
  ],
  '001:652': ['warning persistentvolume-has-namespace'],
  '003:92': [
    ...Array<string>(3).fill('info driver-option-outside-table'),
    'info size-needs-xfs-quota',
    'warning unknown-key',
    'warning unknown-key',
  ],
  '003:132': Array<string>(3).fill('info driver-option-outside-table'),
  '003:1727': [
    ...Array<string>(3).fill('info driver-option-outside-table'),
    'info mount-program-empty',
    'info size-needs-xfs-quota',
    'warning table-removed',
    'warning table-removed',
  ],
  '003:1762': Array<string>(2).fill('info driver-option-outside-table'),
  '004:213': ['warning provisioner-moved-to-csi'],
};

test('every snippet of the guides gets the findings that it deserves, and no others', () => {
  const all = snippets();
  const found = all.flatMap(({ place, path, text }) => {
    const kind = recognise(path, text);
    if (kind === undefined) return [];
    const { findings, faults } = analyze(text, kind);
    assert.deepEqual(faults, []);
    return findings.length === 0
      ? []
      : [[place, findings.map(({ level, code }) => `${level} ${code}`).sort()] as const];
  });
  assert.deepEqual(Object.fromEntries(found), all.length === 0 ? {} : expected);
});
