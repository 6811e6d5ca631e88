// A value that its driver does not take.
import { driverOf, isFilledIn, parameterMaps, parameterNamed } from '../kubernetes/csiDrivers.ts';
import { defineRule, valueFix } from '../rule.ts';
import type { Definition } from '../schema/definition.ts';
import { nearest } from '../schema/search.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'csi-parameter-value',
  families: ['k8s'],
  level: 'info',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'A parameter has a value that its driver is not known to take.',
    why: 'The API server does not look at the values. Drivers refuse to make a volume with a value they cannot read, and claims of the class stay Pending; some take any other value for false.',
    instead:
      'Choose one of the values that the message lists, or write a whole number. A driver newer than what Stowage knows may take more.',
    source: ['https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters'],
  },
  messages: {
    unknown: '{driver} is not known to take `{value}` for `{name}`; known are {known}.',
    'unknown-near': '{driver} is not known to take `{value}` for `{name}`. Did you mean `{near}`?',
    'not-a-number':
      '{driver} reads `{name}` as a whole number, which `{value}` is not, and refuses every request of this class. Write digits.',
    'fix-near': 'Change to {near}',
  },
  at: parameterMaps,
  check({ bound, report }) {
    const driver = driverOf(bound);
    if (driver === undefined) return;
    for (const child of bound.children) {
      const name = String(child.entry?.key.value);
      const value = text(child.node);
      const definition = parameterNamed(bound.definition, name);
      if (value === undefined || value === '' || definition === undefined || isFilledIn(child.node)) continue;
      if (definition.format === 'integer' && !/^\s*[+-]?\d+\s*$/.test(value)) {
        const args = { driver, name, value };
        report(child.node, 'not-a-number', { place: child, level: 'warning', args });
        continue;
      }
      const known = valuesOf(definition);
      if (known === undefined || known.some((one) => one.toLowerCase() === value.trim().toLowerCase()))
        continue;
      const near = meant(value, known);
      report(child.node, near === undefined ? 'unknown' : 'unknown-near', {
        place: child,
        args: { driver, name, value, near: near ?? '', known: known.map((one) => `\`${one}\``).join(', ') },
        fixes: valueFix(child.node, near),
      });
    }
  },
});

/** The values of a closed list. */
function valuesOf(definition: Definition): string[] | undefined {
  if (definition['x-open'] === true || definition.format === 'integer') return undefined;
  return definition['x-values']?.map(({ value }) => String(value));
}

function meant(value: string, known: readonly string[]): string | undefined {
  if (known.includes('true') && /^(?:1|t|y|yes|on|enabled?)$/i.test(value)) return 'true';
  if (known.includes('false') && /^(?:0|f|n|no|off|disabled?)$/i.test(value)) return 'false';
  return nearest(value, known);
}
