// Binding ties each node to its definition: pointers, unknown members, aliases, streams, and finding by offset.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../server/src/core/finding.ts';
import { bind } from '../../server/src/core/schema/bind.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

const daemon: FileKind = { family: 'daemon', format: 'json', scope: 'unknown' };
const storage: FileKind = { family: 'storage', format: 'toml', scope: 'unknown' };
const k8s: FileKind = { family: 'k8s', format: 'yaml', scope: 'unknown' };

function bound(text: string, kind: FileKind) {
  return bind(frontEnds[kind.format].parse(text), kind);
}

test('places of daemon.json are named by schema pointers', () => {
  const text = '{ "storage-opts": ["a=b"], "log-opts": { "max-size": "1m" }, "Debug": true }';
  const binding = bound(text, daemon);
  assert.equal(binding.at('daemon#/storage-opts/[]').length, 1);
  assert.deepEqual(binding.at('daemon#/log-opts=json-file/max-size')[0]?.path, ['log-opts', 'max-size']);
  assert.deepEqual(
    binding.roots[0]?.unknown.map((entry) => entry.key.value),
    ['Debug'],
    'the top level takes names exactly',
  );
  assert.equal(binding.at('daemon#/?Debug').length, 1);
  assert.equal(binding.find(text.indexOf('a=b'))?.pointer, 'daemon#/storage-opts/[]/?a');
  assert.equal(binding.find(text.indexOf('max-size'))?.pointer, 'daemon#/log-opts=json-file/max-size');
  assert.equal(binding.find(text.length - 1)?.pointer, 'daemon#');
});

test('inside daemon.json objects pass over case, but proxies and maps do not', () => {
  const binding = bound(
    '{"builder": {"GC": {}}, "proxies": {"HTTP-Proxy": ""}, "features": {"CDI": true}}',
    daemon,
  );
  assert.equal(binding.at('daemon#/builder/gc').length, 1);
  assert.equal(binding.at('daemon#/proxies/http-proxy').length, 0);
  assert.equal(binding.at('daemon#/features/*').length, 1);
});

test('storage.conf passes over case, but not in its maps', () => {
  const binding = bound(
    '[Storage]\nDRIVER = "overlay"\n[storage.options.pull_options]\nUse_Hard_Links = "true"\n',
    storage,
  );
  assert.equal(binding.at('storage#/storage/driver').length, 1);
  assert.equal(binding.at('storage#/storage/options/pull_options/use_hard_links').length, 0);
  assert.equal(binding.at('storage#/storage/options/pull_options/*').length, 1);
});

test('only documents of known kinds have roots, in order', () => {
  const text = `kind: Secret
apiVersion: v1
---
apiVersion: v1
kind: PersistentVolume
spec: { nfs: { server: a, path: /b } }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: PersistentVolumeClaim, spec: { volumeName: x } }
  - { apiVersion: v1, kind: Secret, data: {} }
`;
  const binding = bound(text, k8s);
  assert.deepEqual(
    binding.roots.map((root) => [root.pointer, root.document]),
    [
      ['k8s#PersistentVolume', 1],
      ['k8s#List', 2],
    ],
  );
  assert.equal(binding.at('k8s#PersistentVolume/spec/nfs/server').length, 1);
  assert.deepEqual(binding.at('k8s#PersistentVolumeClaim/spec/volumeName')[0]?.path, [
    'items',
    0,
    'spec',
    'volumeName',
  ]);
  assert.equal(binding.all.filter((place) => place.unknown.length > 0).length, 0);
});

test('a document with template marks is not bound', () => {
  assert.equal(bound('apiVersion: v1\nkind: PersistentVolume\nspec: {{ .Values.x }}\n', k8s).roots.length, 0);
});

test('aliases and merge keys are bound where they are used, and found where they are written', () => {
  const text = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: a, labels: &l { app: x } }
spec:
  selector: { matchLabels: *l }
  resources:
    requests: &r { storage: 1Gi }
    limits: { <<: *r }
`;
  const binding = bound(text, k8s);
  const [labels] = binding.at('k8s#PersistentVolumeClaim/spec/selector/matchLabels');
  assert.equal(labels?.node.kind, 'alias');
  assert.equal(labels?.children[0]?.pointer, 'k8s#PersistentVolumeClaim/spec/selector/matchLabels/*');
  const [limit] = binding.at('k8s#PersistentVolumeClaim/spec/resources/limits/storage');
  assert.ok(limit !== undefined, 'merged entries are bound');
  assert.equal(
    binding.find(text.indexOf('1Gi'))?.pointer,
    'k8s#PersistentVolumeClaim/spec/resources/requests/storage',
  );
  assert.equal(binding.of(limit.node)?.path.includes('requests'), true);
});

// The fields of Kubernetes 1.37 (core/v1 and apps/v1 types.go): none may be taken for a slip in one of ours.
const otherFields: Readonly<Record<string, string>> = {
  spec: 'activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks ephemeralContainers evictionResponders hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates schedulingGroup securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes',
  container:
    'args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir',
  securityContext:
    'appArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy seLinuxOptions seccompProfile supplementalGroups supplementalGroupsPolicy sysctls windowsOptions',
  StatefulSet:
    'minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas revisionHistoryLimit selector serviceName template updateStrategy volumeClaimTemplates',
  Deployment:
    'minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template',
};

test('other fields of a pod are neither known nor unknown, a slip in one of ours is', () => {
  const json = (name: string, more: Record<string, unknown>) =>
    Object.fromEntries([
      ...(otherFields[name] ?? '').split(' ').map((field) => [field, null]),
      ...Object.entries(more),
    ]);
  const spec = json('spec', {
    containers: [json('container', {})],
    securityContext: json('securityContext', {}),
  });
  const sets = ['StatefulSet', 'Deployment'].map((kind) => ({
    apiVersion: 'apps/v1',
    kind,
    spec: json(kind, {}),
  }));
  for (const object of [{ apiVersion: 'v1', kind: 'Pod', spec }, ...sets]) {
    const unknown = bound(JSON.stringify(object), k8s).all.flatMap((one) => one.unknown);
    assert.deepEqual(
      unknown.map(({ key }) => key.value),
      [],
    );
  }
  const slip = bound('apiVersion: v1\nkind: Pod\nspec: { volums: [] }\n', k8s).all.flatMap(
    (one) => one.unknown,
  );
  assert.deepEqual(
    slip.map(({ key }) => key.value),
    ['volums'],
  );
});

test('a rule can name a shared part, wherever it stands', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nspec: { volumes: [{ name: a, nfs: { server: s, path: /p } }] }\n';
  const volume = 'apiVersion: v1\nkind: PersistentVolume\nspec: { nfs: { server: s, path: /p } }\n';
  const binding = bound(`${pod}---\n${volume}`, k8s);
  assert.deepEqual(
    binding.at('k8s#Nfs/path').map(({ pointer }) => pointer),
    ['k8s#Pod/spec/volumes/[]/nfs/path', 'k8s#PersistentVolume/spec/nfs/path'],
  );
});

test('the items of a list of one kind need not say what they are', () => {
  const binding = bound(
    'apiVersion: v1\nkind: PersistentVolumeClaimList\nitems: [{ spec: { volumeName: a } }]\n',
    k8s,
  );
  assert.equal(binding.at('k8s#PersistentVolumeClaim/spec/volumeName').length, 1);
});
