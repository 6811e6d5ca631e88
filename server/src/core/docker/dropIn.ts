// The drop-in of docker.service that starts dockerd without flags that daemon.json is to set.
import type { Beside } from '../finding.ts';
import type { RuleFix } from '../rule.ts';

/** What a distribution's unit has beside `-H fd://`, where the unit itself is not known. */
const usualCommand = '/usr/bin/dockerd --containerd=/run/containerd/containerd.sock';

/** The flags, among those named, that can be taken out of the command line of the unit. */
export function removable(beside: Beside | undefined, flags: readonly string[]): string[] {
  const own = new Set(beside?.command?.map(({ flag }) => flag));
  return flags.filter((flag) => own.has(flag));
}

/** The fix that makes the drop-in; none where its place is not known or taken. @param title an id of the rule's messages, filled with `flags` */
export function dropInFix(beside: Beside | undefined, flags: readonly string[], title: string): RuleFix[] {
  if (beside?.dropIn === undefined) return [];
  const left = beside.command?.filter(({ flag }) => flag === undefined || !flags.includes(flag));
  const command = left?.map(({ text }) => text).join(' ') ?? usualCommand;
  const names = flags.map((flag) => `--${flag}`).join(' ');
  const text = `# Without ${names}: dockerd fails to start when a setting is both a flag here and a key in daemon.json.
# The empty line takes the unit's own command back. Then: systemctl daemon-reload && systemctl restart docker
[Service]
ExecStart=
ExecStart=${command}
`;
  return [
    {
      title,
      args: { flags: names },
      kind: 'suggestion',
      changes: [{ do: 'create', path: beside.dropIn, text }],
    },
  ];
}
