// A storage driver that the chosen version no longer has.
import { imageStore, storageOption } from '../docker/storageOptions.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast, versionOf } from '../schema/versions.ts';
import { type Change, entry, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-driver-removed',
  families: ['daemon', 'storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The storage driver was removed from the engine, or will be.',
    why: '`dockerd --validate` still accepts the name, but the daemon fails to start. So do Podman and CRI-O. Images and containers of the old driver stay on disk, but cannot be used.',
    instead:
      'Save what you need while the old version still runs (`docker save`; volumes are not affected), then change to the driver that replaced it.',
    says: [
      'the devicemapper storage-driver has been deprecated and removed (aufs and overlay likewise)',
      'unknown storage driver (containers/storage: driver not supported)',
    ],
    source: [
      'daemon/graphdriver/driver.go:275 (29.7); run on 28.5.2',
      'https://docs.docker.com/engine/deprecated/',
      'storage/drivers/register (containers/storage 1.53 and 1.54, 1.60 and 1.61); run on versions from 1.43 to 1.65',
    ],
  },
  messages: {
    removed:
      'The storage driver `{driver}` was removed in {engine} {removed}: the engine fails to start. Save your images with the old version, then change to `{instead}`.',
    'removed-later':
      'The storage driver `{driver}` is deprecated and will be removed in {engine} {removed}: the engine will then fail to start. Change to `{instead}` before you upgrade.',
    'removed-next':
      'The storage driver `{driver}` was removed in {engine} {removed}: after an upgrade the engine fails to start. Change to `{instead}` before you upgrade.',
    'fix-driver': 'Change to {instead} (existing images stay with the old driver)',
  },
  at: ['daemon#/storage-driver', 'storage#/storage/driver'],
  check({ bound, binding, root, versions, report }) {
    const driver = text(bound.node);
    const value = bound.definition?.['x-values']?.find((one) => one.value === driver);
    const removed = value?.['x-removed'];
    if (driver === undefined || removed === undefined) return;
    const version = versions[versionOf[binding.family]];
    const gone = atLeast(version, removed);
    const deprecated = value?.['x-deprecated'];
    const daemon = binding.family === 'daemon';
    if (!gone && daemon && (deprecated === undefined || !atLeast(version, deprecated))) return;
    // Where a snapshotter is asked for, that is the news.
    if (daemon && imageStore(root.node, version) === 'containerd') return;
    const instead = value?.['x-replaced-by'] ?? (daemon ? 'overlay2' : 'overlay');
    const args = { driver, removed, instead, engine: daemon ? 'Docker' : 'containers/storage' };
    report(bound.node, gone ? 'removed' : daemon ? 'removed-later' : 'removed-next', {
      ...(!gone && { level: 'warning', effect: 'risk' }),
      args,
      fixes: [
        {
          title: 'fix-driver',
          args,
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: instead }, ...withoutOptionsOf(driver, root)],
        },
      ],
    });
  },
});

/** Its options go with it: the next driver would refuse them. */
function withoutOptionsOf(driver: string, root: Bound): Change[] {
  const place = root.children.find(({ pointer }) => pointer === 'daemon#/storage-opts');
  const map = target(root.node);
  const list = place && target(place.node);
  if (place === undefined || map.kind !== 'map' || list?.kind !== 'list') return [];
  const kept = place.children.filter((item) => storageOption(item)?.driver !== driver);
  if (kept.length === place.children.length) return [];
  const whole = entry(map, 'storage-opts');
  if (kept.length === 0) return whole === undefined ? [] : [{ do: 'remove', from: map, item: whole }];
  return [{ do: 'replace', node: list, value: kept.flatMap(({ node }) => text(node) ?? []) }];
}
