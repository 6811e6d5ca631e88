// `hosts` in the file, and nothing that tells how dockerd is started: under systemd it usually gets a host already.
import { dropInFix } from '../docker/dropIn.ts';
import { defineRule } from '../rule.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'hosts-with-systemd',
  families: ['daemon'],
  level: 'info',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: '`hosts` is set, and no unit was found that tells how dockerd is started.',
    why: 'The units of most distributions start dockerd with `-H fd://`. It refuses a file that sets `hosts` as well and fails to start.',
    instead:
      'Add a drop-in of `docker.service` that starts dockerd without `-H`. Where the unit lies beside the file, or below the same root, it is read, and this is not said.',
    says: ['the following directives are specified both as a flag and in the configuration file: hosts'],
    source: [
      'https://docs.docker.com/engine/daemon/remote-access/',
      'contrib/init/systemd/docker.service (20.10 to 29.7)',
    ],
  },
  messages: {
    likely:
      "Most distributions' docker.service starts dockerd with `-H fd://`, and with `hosts` here as well it fails to start. Add a drop-in that starts it without `-H`.",
    'fix-drop-in': 'Create a drop-in of docker.service without {flags}',
  },
  at: ['daemon#/hosts'],
  check({ bound, kind, versions, facts: { beside }, report }) {
    // Rootless dockerd is started without a host; other systems have no systemd.
    if (beside?.flags !== undefined || versions.platform !== 'linux' || kind.scope === 'user') return;
    if (bound.entry === undefined || target(bound.node).kind !== 'list') return;
    report(bound.entry.key, 'likely', { fixes: dropInFix(beside, ['host'], 'fix-drop-in') });
  },
});
