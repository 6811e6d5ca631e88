// What completion offers as a provisioner and what the rules know of it are one story: schema and table must agree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedProvisioners, removedProvisioners } from '../../server/src/core/kubernetes/provisioners.ts';
import { definitionAt } from '../../server/src/core/schema/load.ts';

const values = definitionAt('k8s#StorageClass/provisioner')?.['x-values'] ?? [];
const byName = new Map(values.map((one) => [String(one.value), one]));

test('the schema says of each moved provisioner which driver answers now', () => {
  for (const [name, { driver }] of Object.entries(movedProvisioners)) {
    assert.equal(byName.get(name)?.['x-replaced-by'], driver, name);
    assert.equal(byName.get(name)?.['x-removed'], undefined, name);
    assert.ok(byName.has(driver), driver);
  }
});

test('the schema gives each removed provisioner the versions and the driver of the table', () => {
  for (const [name, { deprecated, removed, driver }] of Object.entries(removedProvisioners)) {
    const value = byName.get(name);
    const said = [value?.['x-deprecated'], value?.['x-removed'], value?.['x-replaced-by']];
    assert.deepEqual(said, [deprecated, removed, driver], name);
  }
});

test('no other old name in the schema escapes the tables', () => {
  const old = values.filter((one) => one['x-replaced-by'] !== undefined || one['x-removed'] !== undefined);
  const known = [...Object.keys(movedProvisioners), ...Object.keys(removedProvisioners)];
  assert.deepEqual(old.map(({ value }) => String(value)).sort(), known.sort());
});
