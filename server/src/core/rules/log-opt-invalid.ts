// A log option whose value its driver cannot read.
import { logValueProblems } from '../docker/logValues.ts';
import { defineRule, valueFix } from '../rule.ts';

export const rule = defineRule({
  id: 'log-opt-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The value of a log option is not one that the log driver can read.',
    why: 'syslog, gelf, fluentd and awslogs read their options when the daemon starts, and the daemon fails to start with a bad one. json-file, local and splunk read theirs when a container starts: the daemon runs, but no container that uses these options does. `dockerd --validate` accepts both.',
    instead: 'Write the value in the form that the message shows, always in quotes.',
    says: [
      "failed to initialize logging driver: invalid size: 'VALUE'",
      'failed to set log opts: logger: logging mode not supported: VALUE',
      'failed to set log opts: strconv.ParseBool: parsing "VALUE": invalid syntax',
      'gelf: please provide gelf-address as proto://host:port; invalid syslog facility; invalid syslog format',
    ],
    source: ['daemon/logger/factory.go:134-152 and each driver (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    size: '`{value}` is not a valid size for `{name}`: the daemon fails to start. Write a number and one unit, such as 4m.',
    'size-late':
      '`{value}` is not a valid size for `{name}`: no container starts. Write a number above 0 and one unit, such as 10m.',
    boolean:
      '`{value}` is not a boolean that {driver} can read: the daemon fails to start. Write "true" or "false".',
    'boolean-late':
      '`{value}` is not a boolean that {driver} can read: no container starts. Write "true" or "false".',
    duration:
      '`{value}` is not a valid duration for `{name}`: the daemon fails to start. Write a number and a unit, such as 5s.',
    interval: '`{value}` is not a valid `{name}`: the daemon fails to start. Write 0, or 100ms to 10s.',
    range:
      '`{value}` is not a valid `{name}`: the daemon fails to start. Write a whole number from {least} to {most}.',
    'range-late':
      '`{value}` is not a valid `{name}`: no container starts. Write a whole number from {least} to {most}.',
    least:
      '`{value}` is not a valid `{name}`: the daemon fails to start. Write a whole number, {least} or more.',
    'least-late':
      '`{value}` is not a valid `{name}`: no container starts. Write a whole number, {least} or more.',
    listed: '`{value}` is not a valid `{name}`: the daemon fails to start. {driver} accepts {known}.',
    'listed-late': '`{value}` is not a valid `{name}`: no container starts. {driver} accepts {known}.',
    address:
      '`{value}` is not an address that {driver} can use: the daemon fails to start. Write it like {example}.',
    'address-late':
      '`{value}` is not an address that {driver} can use: no container starts. Write it like {example}.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/log-opts'],
  check({ bound, root, versions, report }) {
    for (const { what, late, node, args, near } of logValueProblems(bound, root, versions)) {
      report(node, late ? `${what}-late` : what, { args, fixes: valueFix(node, near) });
    }
  },
});
