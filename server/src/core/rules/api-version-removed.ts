// An apiVersion that the cluster no longer serves, or does not serve yet.
import { defineRule, type RuleFix } from '../rule.ts';
import type { ApiVersion } from '../schema/definition.ts';
import { apiVersionOf } from '../schema/kinds.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'api-version-removed',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The selected version of Kubernetes does not serve this apiVersion of the kind.',
    why: 'Kubernetes serves an apiVersion for some versions beside its successor and then drops it. kubectl finds no kind of this name and refuses the manifest, so that a deployment stops after an upgrade. The kinds of snapshots are served by the external-snapshotter, which counts its own versions.',
    instead: 'Write the apiVersion that the message names. Where its fields are the same, a fix does it.',
    says: [
      'no matches for kind in version',
      'ensure CRDs are installed first',
      'the server could not find the requested resource',
    ],
    source: [
      'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
      'k8s.io/api zz_generated.prerelease-lifecycle.go (1.37)',
      'kubernetes-csi/external-snapshotter client/config/crd (v8.6)',
    ],
  },
  messages: {
    removed:
      '{engine} {bound} and later do not serve `{version}` of {kind}: the manifest is refused. Use `{instead}`.',
    'removed-differs':
      '{engine} {bound} and later do not serve `{version}` of {kind}: the manifest is refused. Use `{instead}`, whose fields are not the same.',
    deprecated:
      '`{version}` of {kind} is deprecated, and {engine} {bound} does not serve it. Use `{instead}` before you upgrade.',
    old: '`{version}` of {kind} is deprecated. Use `{instead}`.',
    'not-yet':
      '`{version}` of {kind} requires {engine} {bound} or later, and this file is checked for {judged}.',
    'fix-version': 'Change to {instead}',
  },
  at: ['*'],
  check({ bound, versions: { kubernetes }, report }) {
    if (!/^k8s#\w+\/apiVersion$/.test(bound.pointer)) return;
    const object = bound.parent?.node;
    const version = text(bound.node) ?? '';
    const kind = text(get(object, 'kind')) ?? '';
    const known = apiVersionOf(version, kind);
    if (known === undefined) return;
    const {
      engine = 'Kubernetes',
      'x-since': since,
      'x-deprecated': deprecated,
      'x-removed': removed,
    } = known;
    const instead = known.of?.slice(0, known.of.lastIndexOf('/')) ?? '';
    const args = { version, kind, engine, instead, judged: kubernetes };
    // Nothing says which external-snapshotter there is: the newest counts, and it may be older.
    const reached = (bound: string | undefined) =>
      bound !== undefined && (known.engine !== undefined || atLeast(kubernetes, bound));
    if (known.engine === undefined && since !== undefined && !reached(since)) {
      report(bound.node, 'not-yet', { args: { ...args, bound: since } });
    } else if (reached(removed)) {
      report(bound.node, known.fields === 'other' ? 'removed-differs' : 'removed', {
        ...(known.engine !== undefined && { level: 'warning' }),
        args: { ...args, bound: removed ?? '' },
        fixes: fixes(),
      });
    } else if (reached(deprecated)) {
      const milder = removed === undefined ? 'info' : 'warning';
      report(bound.node, removed === undefined ? 'old' : 'deprecated', {
        level: milder,
        effect: 'risk',
        args: { ...args, bound: removed ?? '' },
        fixes: fixes(),
      });
    }

    function fixes(): RuleFix[] {
      const newer = known?.of === undefined ? undefined : apiVersionOf(instead, kind);
      const fits = newer !== undefined && (newer.engine !== undefined || isServed(newer, kubernetes));
      const ready =
        (known?.needs ?? []).reduce((node, step) => node && get(node, step), object) !== undefined;
      if (!fits || known?.fields === 'other' || !ready || bound.node.kind === 'alias') return [];
      const change = { do: 'replace', node: bound.node, value: instead } as const;
      return [{ title: 'fix-version', args: { instead }, kind: 'suggestion', changes: [change] }];
    }
  },
});

function isServed({ 'x-since': since, 'x-removed': removed }: ApiVersion, kubernetes: string): boolean {
  return atLeast(kubernetes, since ?? '0') && (removed === undefined || !atLeast(kubernetes, removed));
}
