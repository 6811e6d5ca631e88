// A setting in two places: in the file, and as a flag that dockerd is started with.
import { dropInFix, removable } from '../docker/dropIn.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-also-flag',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The key is set here, and dockerd is started with the flag of the same meaning.',
    why: 'dockerd does not let one win over the other: it refuses the file and fails to start, even where both say the same. The flags come from `docker.service`, its drop-ins and the files of variables that they name, as systemd puts them together, or from what OpenRC and sysvinit use. Only `runtimes` may stand in both places.',
    instead:
      'Keep the setting in one place. To keep it here, take the flag out of the unit with a drop-in, whose empty `ExecStart=` takes the first command back; never edit the unit of a package.',
    says: [
      'unable to configure the Docker daemon with file: the following directives are specified both as a flag and in the configuration file',
    ],
    source: [
      'daemon/config/config.go, findConfigurationConflicts (29.7); run on 20.10.24 and 28.5.2',
      'https://docs.docker.com/engine/daemon/troubleshoot/#use-the-hosts-key-in-daemonjson-with-systemd',
    ],
  },
  messages: {
    both: '`{key}` is also given as the flag `--{flag}` in {file}:{line}: dockerd fails to start when a setting is in both places. Remove the key here, or the flag there.',
    'fix-drop-in': 'Create a drop-in of docker.service without {flags}',
    'fix-remove': 'Remove {key} (the flag stays)',
  },
  at: ['daemon#'],
  check({ bound, facts: { beside }, report }) {
    const found = bound.children.flatMap(settings).flatMap((place) => {
      const name = place.definition?.['x-flag']?.replace(/^--/, '');
      const flag = beside?.flags?.find((one) => one.name === name);
      return flag === undefined ? [] : [{ place, flag }];
    });
    const out = removable(
      beside,
      found.map(({ flag }) => flag.name),
    );
    for (const { place, flag } of found) {
      const key = String(place.entry?.key.value);
      const args = { key, flag: flag.name, file: flag.file, line: String(flag.line) };
      const dropIn = out.includes(flag.name) ? dropInFix(beside, out, 'fix-drop-in') : [];
      report(place.entry?.key ?? place.node, 'both', {
        args,
        fixes: [...dropIn, ...removalFix(place, 'fix-remove', 'suggestion', args)],
      });
    }
  },
});

/** Objects that dockerd takes as a whole; the members of others count as if they stood at the top (flatOptions, same file). */
const whole =
  /^(cluster-store-opts|default-network-opts|log-opts|runtimes|default-ulimits|features|builder)$/;

/** What dockerd compares with its flags. */
function settings(place: Bound): readonly Bound[] {
  const key = String(place.entry?.key.value);
  if (key === 'runtimes') return [];
  return target(place.node).kind === 'map' && !whole.test(key) ? place.children : [place];
}
