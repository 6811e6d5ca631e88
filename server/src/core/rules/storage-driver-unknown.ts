// A storage driver that no engine has, or only one on another system.
import { imageStore, isStorageDriver } from '../docker/storageOptions.ts';
import { defineRule, valueFix } from '../rule.ts';
import { exists } from '../schema/describe.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-driver-unknown',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`storage-driver` names a driver that this engine does not have.',
    why: 'The name is looked up when the daemon starts, letter for letter, and the daemon fails to start if it is not found. `dockerd --validate` accepts any name. Up to Docker 27 a plugin could bring a driver of any name, and snapshotters of containerd still can, so there it is a warning, and for snapshotters only of a likely slip.',
    instead:
      'Write `overlay2`, or `overlayfs` with the containerd image store; or leave `storage-driver` out and let the engine choose.',
    says: ['error initializing graphdriver: driver not supported: NAME'],
    source: [
      'daemon/graphdriver/driver.go:275, daemon/image_store_choice.go:94-153 (29.7); run on 20.10.24 and 28.5.2',
    ],
  },
  messages: {
    unknown:
      'Docker {version} has no storage driver `{driver}`: the daemon fails to start. It has {known}; choose one, or leave storage-driver out.',
    'unknown-near':
      'Docker {version} has no storage driver `{driver}`: the daemon fails to start. Did you mean `{near}`?',
    maybe:
      'No known storage driver is called `{driver}`. If no plugin brings it, the daemon fails to start. Docker {version} has {known}.',
    'maybe-near':
      'No known storage driver or snapshotter is called `{driver}`. If no plugin brings it, no image can be stored. Did you mean `{near}`?',
    snapshotter:
      '`{driver}` is a snapshotter of containerd, but this file uses the storage drivers: the daemon fails to start. Use `overlay2`, or set features.containerd-snapshotter to true.',
    'other-platform':
      'The storage driver `{driver}` exists only on {platform}: the daemon fails to start. Use another, or leave storage-driver out.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/storage-driver'],
  check({ bound, root, versions, report }) {
    const driver = text(bound.node);
    const values = bound.definition?.['x-values'] ?? [];
    if (!driver) return;
    const { docker, platform } = versions;
    const store = imageStore(root.node, docker);
    const known = values.find((one) => one.value === driver);
    const on = known?.['x-platform'];
    const fits = values.filter((one) => exists(one, docker) && (one['x-platform'] ?? platform) === platform);
    const drivers = fits.map(({ value }) => String(value)).filter((name) => isStorageDriver(name));
    // Plugins could bring storage drivers up to 27.5.
    const sure = store === 'graph' && atLeast(docker, '28.0');
    const args = { driver, version: docker, known: drivers.map((one) => `\`${one}\``).join(', ') };
    if (known !== undefined) {
      const other = on !== undefined && on !== platform && known['x-removed'] === undefined;
      // A storage driver in place of a snapshotter has a rule of its own.
      if (other && (store === 'graph' || !isStorageDriver(driver))) {
        report(bound.node, 'other-platform', { args: { ...args, platform: systems[on] } });
      } else if (sure && !isStorageDriver(driver)) {
        report(bound.node, 'snapshotter', {
          args: { ...args, near: 'overlay2' },
          fixes: valueFix(bound.node, 'overlay2'),
        });
      }
      return;
    }
    const near = nearest(driver, store === 'graph' ? drivers : fits.map(({ value }) => String(value)));
    // A reference to a plugin, or the name of a snapshotter.
    if (!sure && near === undefined && (store !== 'graph' || /[/:]/.test(driver))) return;
    report(bound.node, `${sure ? 'unknown' : 'maybe'}${near === undefined ? '' : '-near'}`, {
      ...(!sure && { level: 'warning' }),
      args: { ...args, near: near ?? '' },
      fixes: valueFix(bound.node, near),
    });
  },
});

const systems = { linux: 'Linux', windows: 'Windows' } as const;
