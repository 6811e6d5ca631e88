// Two keys that cannot both be set.
import { conflicts } from '../docker/conflicts.ts';
import { defineRule, removalFix } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';
import { atLeast } from '../schema/versions.ts';

export const rule = defineRule({
  id: 'keys-conflict',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'Two settings exclude each other.',
    why: 'Each is right alone, so nothing looks wrong, but together dockerd refuses the file, or passes `--validate` and fails to start: a bridge of your own cannot be given the address of the default one, containers cannot be kept apart (`icc: false`) without the packet filter that does it, and the containerd image store cannot remap user namespaces.',
    instead: 'Decide for one of the two, and remove the other.',
    says: [
      'You specified -b & --bip, mutually exclusive options',
      'You specified --iptables=false with --icc=false',
      'host-gateway-ip and host-gateway-ips must not both be specified',
      'containerd-snapshotter is explicitly enabled but is not compatible with userns remapping',
    ],
    source: [
      'daemon/daemon_unix.go:727-762, daemon/config/config.go:687-703, 738, daemon/command/daemon_linux.go:28-34 (29.7); run on 28.5.2',
    ],
  },
  messages: {
    both: '`{key}` and `{other}` exclude each other: {verdict}. Keep one of them.',
    'both-values':
      '`{key}: {value}` does not go together with `{other}: {otherValue}`: {verdict}. Change one of them.',
    same: '`{key}` is the namespace that plugins use: {verdict}. Choose another name.',
    related: 'The other setting',
    'fix-remove': 'Remove {key}',
  },
  at: ['daemon#'],
  check({ binding, versions, report }) {
    for (const { path, other, with: beside, since, refused, message } of conflicts) {
      if (!atLeast(versions.docker, since) || beside?.where(binding).length === 0) continue;
      const [here] = path.where(binding);
      const [there] = other === undefined ? [here] : other.where(binding);
      if (here?.entry === undefined || there?.entry === undefined) continue;
      if ([here, there].some((one) => keyFate(one, 'daemon', versions) !== 'taken')) continue;
      const raw = (place: typeof here) => (place.node.kind === 'scalar' ? place.node.raw : '');
      const args = {
        key: String(here.entry.key.value),
        value: raw(here),
        other: String(there.entry.key.value),
        otherValue: raw(there),
      };
      report(here.entry.key, message, {
        place: here,
        effect: refused !== undefined && atLeast(versions.docker, refused) ? 'refused' : 'fails-later',
        args,
        related: there === here ? [] : [{ span: there.entry.span, message: 'related' }],
        fixes: removalFix(here, 'fix-remove', 'suggestion', args),
      });
    }
  },
});
