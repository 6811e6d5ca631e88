// A switch that its log driver reads otherwise than it looks.
import { logDriver, logOptions } from '../docker/logOptions.ts';
import { defineRule, removalFix, valueFix } from '../rule.ts';

export const rule = defineRule({
  id: 'log-opt-misread',
  families: ['daemon'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A log option looks like a boolean, but the log driver does not read it as one.',
    why: 'syslog only looks whether `syslog-tls-skip-verify` is there: "false" turns the check of the certificate off as well. gcplogs compares `gcp-log-cmd` with "true", letter for letter, and takes everything else for false.',
    instead:
      'Leave `syslog-tls-skip-verify` out to have certificates checked. Write "true" for `gcp-log-cmd`.',
    source: ['daemon/logger/syslog/syslog.go:228, gcplogs/gcplogging.go (29.7)'],
  },
  messages: {
    'counts-as-true':
      '`syslog-tls-skip-verify` counts as true whatever its value is: the certificate of the server is not checked. Remove the option.',
    'counts-as-false':
      'Only "true" turns `gcp-log-cmd` on: `{value}` is silently read as false. Write "true".',
    'fix-remove': 'Remove syslog-tls-skip-verify',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/log-opts'],
  check({ bound, root, report }) {
    const driver = logDriver(root.node);
    const options = logOptions(bound);
    const skip = options.get('syslog-tls-skip-verify');
    const encrypted = /^tcp\+tls:/i.test(options.get('syslog-address')?.value ?? '');
    if (
      driver === 'syslog' &&
      encrypted &&
      skip !== undefined &&
      /^(0|f|false|n|no|off|)$/i.test(skip.value)
    ) {
      report(skip.bound.node, 'counts-as-true', {
        fixes: removalFix(skip.bound, 'fix-remove', 'suggestion'),
      });
    }
    const command = options.get('gcp-log-cmd');
    if (driver === 'gcplogs' && command !== undefined && /^(1|t|true|y|yes|on)$/i.test(command.value)) {
      if (command.value === 'true') return;
      report(command.bound.node, 'counts-as-false', {
        effect: 'ignored',
        args: { value: command.value },
        fixes: valueFix(command.bound.node, 'true'),
      });
    }
  },
});
