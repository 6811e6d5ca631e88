// The parameters of storage drivers against a sheet of facts beside the repository, row by row; quiet where that is not there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  abilitiesOf,
  csiDrivers,
  expandsWithSecret,
  oneOfParameters,
  takesName,
} from '../../server/src/core/kubernetes/csiDrivers.ts';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { definitionAt } from '../../server/src/core/schema/load.ts';

const sheet = new URL('../../../shared/facts/k8s-csi-parameters.tsv', import.meta.url);
const names = [
  'driver',
  'row',
  'key',
  'format',
  'values',
  'default',
  'required',
  'purpose',
  'notes',
] as const;
type Row = Readonly<Record<(typeof names)[number], string>>;
const rows = existsSync(sheet)
  ? readFileSync(sheet, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const cells = line.split('\t');
        return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])) as Row;
      })
  : [];
const any = '(any CSI driver)';
const kinds = ['StorageClass', 'VolumeSnapshotClass', 'VolumeAttributesClass'];
const parameters = rows.filter(({ row }) => kinds.includes(row));

/** Keys of the sheet that stand for many names, and one that is an annotation. */
const families = /[<(]|_N$/;
/** Values that the sheet shows as examples or notes beside others, so that the list is open. */
const isOpen = ({ values, format }: Row) => /[*…]/.test(values) || /list|map/.test(format);

function parametersAt(kind: string, driver: string): Definition | undefined {
  const base = definitionAt(`k8s#${kind}/parameters`);
  return driver === any ? base : base?.['x-variants']?.cases[driver];
}

test('every parameter of the sheet is known where it stands, with a description', () => {
  for (const { driver, row, key } of parameters) {
    const at = `${driver} ${row} ${key}`;
    if (families.test(key)) {
      const name = key.replace('_N', '_7').replace(/<.*>/, 'some');
      assert.ok(key.includes('(annotation)') || takesName(driver, name), at);
    } else {
      assert.ok(parametersAt(row, driver)?.properties?.[key]?.description, at);
    }
  }
});

test('values, defaults and numbers are those of the sheet', () => {
  let compared = 0;
  for (const row of parameters) {
    const { driver, row: kind, key, format } = row;
    const definition = parametersAt(kind, driver)?.properties?.[key];
    if (definition === undefined || driver === any) continue;
    const at = `${driver} ${kind} ${key}`;
    assert.equal(definition.type, 'string', at);
    assert.equal(definition.format === 'integer', format.startsWith('integer string'), at);
    const listed = row.values
      .replace(/\(.*?\)/g, '')
      .split('|')
      .map((value) => value.trim())
      .filter((value) => value !== '' && !/[*…=]/.test(value));
    if (listed.length > 0) {
      assert.deepEqual(
        definition['x-values']?.map(({ value }) => value),
        listed,
        at,
      );
      assert.equal(definition['x-open'] === true, isOpen(row), at);
      compared += 1;
    }
    const standard = definition.default;
    assert.ok(standard === undefined || row.default.startsWith(String(standard)), at);
  }
  assert.ok(rows.length === 0 || compared > 150, String(compared));
});

test('what the sheet requires is required, or judged by a rule that knows when', () => {
  const judged = (driver: string, key: string) =>
    (expandsWithSecret.includes(driver) && key.includes('controller-expand-secret')) ||
    oneOfParameters[driver]?.some((set) => set.includes(key)) === true ||
    // Shares that guests may use need no login.
    (driver === 'smb.csi.k8s.io' && key.includes('secret'));
  for (const { driver, row, key, required } of parameters) {
    const has = parametersAt(row, driver)?.required?.includes(key) === true;
    const at = `${driver} ${row} ${key}`;
    if (required === 'yes') assert.notEqual(has, judged(driver, key), at);
    else assert.equal(has, false, at);
    if (required.startsWith('one of')) assert.ok(judged(driver, key), at);
  }
});

test('a driver is said to lack only what the sheet says it lacks', () => {
  const modes = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };
  const capabilities = rows.filter(({ row }) => row === 'capability');
  for (const { driver, key, purpose } of capabilities) {
    const can = abilitiesOf(driver);
    assert.ok(can, driver);
    if (key === 'accessModes') {
      const list = purpose.replace(/\(.*?\)/g, '');
      const raw = /RWX[^;]*raw block|raw block[^;]*RWX/.test(purpose);
      for (const mode of can.never ?? [])
        assert.doesNotMatch(list, new RegExp(`\\b${modes[mode]}\\b`), driver);
      for (const mode of can.neverMounted ?? []) {
        assert.ok(raw || !new RegExp(`\\b${modes[mode]}\\b`).test(list), `${driver} ${mode}`);
      }
    } else {
      const no = (what: string) => purpose.includes(`${what}=no`);
      assert.equal(can.snapshots === false, no('snapshot'), `${driver} snapshots`);
      assert.equal(can.clones === false, no('clone'), `${driver} clones`);
      assert.equal(can.expansion === false, no('expand'), `${driver} expansion`);
    }
  }
  assert.ok(
    rows.length === 0 ||
      new Set(capabilities.map(({ driver }) => driver)).size === Object.keys(csiDrivers).length,
  );
});
