// Options of a mount that ask for another one, or exclude it.
import { containerOf, isPatched } from '../kubernetes/pods.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { get, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'mount-option-refused',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'An option of a mount does not go with another one, or with its container.',
    why: '`Bidirectional` shows the mounts of a container to the whole node, so it is for privileged containers only. `recursiveReadOnly` is about a mount that is read-only, and mounts that come from elsewhere would be outside of it. `subPath` and `subPathExpr` say the same thing in two ways. The API server refuses the pod.',
    instead: 'Set what the message names, or remove the option.',
    says: [
      'Bidirectional mount propagation is available only to privileged containers',
      'may only be specified when readOnly is true',
      'may only be specified when mountPropagation is None or not specified',
      'subPathExpr and subPath are mutually exclusive',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation',
      'pkg/apis/core/validation/validation.go ValidateVolumeMounts, validateMountPropagation, validateMountRecursiveReadOnly (1.37)',
    ],
  },
  messages: {
    privileged:
      '`Bidirectional` is for privileged containers, and this one is not: the API server refuses it. Use HostToContainer, or set `securityContext.privileged`.',
    writable:
      '`recursiveReadOnly: {value}` needs `readOnly: true`, so the API server refuses it. Add that, or remove `recursiveReadOnly`.',
    propagation:
      '`recursiveReadOnly: {value}` does not go with `mountPropagation: {other}`, so the API server refuses it. Remove one of them.',
    twice:
      '`subPath` and `subPathExpr` cannot stand together, so the API server refuses this mount. Keep one.',
    'fix-propagation': 'Change to HostToContainer',
    'fix-read-only': 'Add readOnly: true',
  },
  at: [
    'k8s#VolumeMount/mountPropagation',
    'k8s#VolumeMount/recursiveReadOnly',
    'k8s#VolumeMount/subPathExpr',
  ],
  covers: [107, 110, 112, 113, 114],
  check({ bound, root, kind, report }) {
    const { node, parent, definition } = bound;
    const mount = parent?.node;
    const value = text(node);
    if (value === undefined || value === '') return;
    if (definition?.name === 'subPathExpr') {
      if ((text(get(mount, 'subPath')) ?? '') !== '') report(bound.entry?.key ?? node, 'twice');
    } else if (definition?.name === 'mountPropagation') {
      const privileged = get(get(containerOf(bound)?.node, 'securityContext'), 'privileged');
      const isUnclear = privileged?.kind === 'missing' || isPatched(bound, root, kind);
      if (value !== 'Bidirectional' || isTrue(privileged) || isUnclear) return;
      report(node, 'privileged', { fixes: replaced(node) });
    } else if (value === 'Enabled' || value === 'IfPossible') {
      const readOnly = get(mount, 'readOnly');
      const other = text(get(mount, 'mountPropagation'));
      if (!isTrue(readOnly) && readOnly?.kind !== 'missing')
        report(node, 'writable', { args: { value }, fixes: made(mount, readOnly) });
      if (other !== undefined && other !== 'None') report(node, 'propagation', { args: { value, other } });
    }
  },
});

function isTrue(node: Node | undefined): boolean {
  const held = node && target(node);
  return held?.kind === 'scalar' && (held.value === true || /^(?:yes|on|y)$/i.test(held.raw));
}

function replaced(node: Node): RuleFix[] {
  if (node.kind === 'alias') return [];
  return [
    {
      title: 'fix-propagation',
      kind: 'suggestion',
      changes: [{ do: 'replace', node, value: 'HostToContainer' }],
    },
  ];
}

function made(mount: Node | undefined, readOnly: Node | undefined): RuleFix[] {
  if (mount?.kind !== 'map') return [];
  const change =
    readOnly === undefined
      ? ({ do: 'insert', into: mount, key: 'readOnly', value: true } as const)
      : ({ do: 'replace', node: readOnly, value: true } as const);
  return [{ title: 'fix-read-only', kind: 'suggestion', changes: [change] }];
}
