// A value that is not among those the engine knows.
import { isDriverOption } from '../docker/driverOptions.ts';

import { isDriverParameter } from '../kubernetes/csiDrivers.ts';
import { isCustom } from '../kubernetes/judged.ts';
import { objectOf } from '../kubernetes/objects.ts';
import { defineRule, valueFix } from '../rule.ts';
import { allowedValues } from '../schema/describe.ts';
import { meantValue } from '../schema/search.ts';
import { versionOf } from '../schema/versions.ts';
import { isNull, text } from '../syntax/tree.ts';
import { mayBeSpared, storageFate } from '../written.ts';

export const rule = defineRule({
  id: 'unknown-value',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The value is not one of those that the engine accepts here.',
    why: 'Only listed values are accepted: dockerd refuses the file, the API server refuses the object, and containers/storage fails to start. In Kubernetes, values are case-sensitive.',
    instead: 'Choose one of the values that the message lists.',
    says: [
      'invalid logging level',
      'invalid log format',
      'IPC mode is not supported as default value',
      'invalid default cgroup namespace',
    ],
    source: [
      'daemon/config/config.go Validate (29.7)',
      'pkg/apis/core/validation/validation.go, pkg/apis/storage/validation/validation.go (1.35)',
      'storage/drivers/driver.go (containers/storage 1.64)',
    ],
  },
  messages: {
    unknown: '`{value}` is not a valid `{key}`; {engine} {version} accepts {known}. Choose one of them.',
    'unknown-near':
      '`{value}` is not a valid `{key}`; {engine} {version} accepts {known}. Did you mean `{near}`?',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [
    12, 29, 69, 83, 95, 109, 111, 125, 126, 133, 136, 144, 146, 152, 161, 168, 199, 200, 211, 212, 229, 236,
    237, 238, 248,
  ],
  check({ bound, binding, root, versions, report }) {
    const { definition, node } = bound;
    const { family } = binding;
    if (isDriverOption(bound.pointer) || isDriverParameter(bound)) return;
    // Of an item of a list that is null Go makes an empty text.
    const value = family === 'k8s' && bound.entry === undefined && isNull(node) ? '' : text(node);
    if (definition?.['x-values'] === undefined || definition['x-open'] === true || value === undefined)
      return;
    const version = versions[versionOf[family]];
    const allowed = allowedValues(definition, version);
    const known = allowed.map((one) => String(one.value));
    // Of all these only the log level may be in capitals; an empty string is the default; what was removed has a rule of its own.
    const anyCase = definition.pointer === 'daemon#/log-level';
    // To Go, unlike to JavaScript, a Turkish capital İ is a plain i.
    const fate = storageFate(bound, root, versions.containersStorage);
    if (fate === 'unread' || fate === 'refused') return;
    // ParseSyncMode cuts blanks off and takes any case (containers/storage drivers/driver.go, run on 1.63 to 1.65).
    const loose = definition.pointer.endsWith('/overlay/sync') ? value.trim().toLowerCase() : value;
    const same = (one: string) =>
      one === loose || (anyCase && one === value.replaceAll('İ', 'i').toLowerCase());
    const once =
      /driver$/.test(definition.pointer) &&
      definition['x-values'].some((one) => one['x-removed'] !== undefined && one.value === value);
    if (definition.pointer.startsWith('daemon#/exec-opts/')) return;
    const unset = loose === '' && (family !== 'k8s' || definition['x-empty'] === true);
    if (known.some(same) || once || unset) return;
    const near = meantValue(value, allowed);
    const key = [...bound.path].reverse().find((step) => typeof step === 'string') ?? '';
    report(node, near === undefined ? 'unknown' : 'unknown-near', {
      // The API server takes any operator in a custom kind.
      ...((family === 'storage' || (isCustom(objectOf(bound)) && definition.name === 'operator')) && {
        effect: 'fails-later',
      }),
      ...(mayBeSpared(bound, root, versions.containersStorage) && { level: 'warning' }),
      args: {
        value,
        near: near ?? '',
        key: String(key),
        engine: engines[family],
        version,
        known: known.map((one) => `\`${one}\``).join(', '),
      },
      fixes: valueFix(node, near),
    });
  },
});

const engines = { daemon: 'Docker', storage: 'containers/storage', k8s: 'Kubernetes' } as const;
