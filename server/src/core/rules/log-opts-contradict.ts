// Log options that do not go together.
import { contradictions } from '../docker/logConflicts.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'log-opts-contradict',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'Each log option is right by itself, but one needs another or excludes it.',
    why: 'What syslog, gelf, fluentd, awslogs and all drivers share is checked when the daemon starts, which then fails; json-file and local check theirs when a container starts, so the daemon runs, but containers do not. `max-file` without `max-size` does nothing at all: the log grows without end. `dockerd --validate` accepts all of this.',
    instead: 'Add the option that is missing, or remove the one that does not fit.',
    says: [
      "logger: max-buffer-size option is only supported with 'mode=non-blocking'",
      'compress cannot be true when max-file is less than 2 or max-size is not set',
      'compression cannot be enabled when max file count is 1',
      "you cannot configure log opt 'awslogs-datetime-format' and 'awslogs-multiline-pattern' at the same time",
      'compression is only supported on UDP; "gelf-tcp-max-reconnect" is only valid for TCP',
    ],
    source: [
      'daemon/logger/factory.go:145-152, jsonfilelog/jsonfilelog.go:40-72, local/config.go:32-64 (29.7)',
      'daemon/logger/gelf/gelf.go, awslogs/cloudwatchlogs.go (29.7); run on 20.10.24 and 28.5.2',
    ],
  },
  messages: {
    buffer:
      '`max-buffer-size` needs `mode` `non-blocking`: without it the daemon fails to start. Add the mode, or remove the size.',
    'compress-size': '`compress` needs `max-size`: without it no container starts. Add max-size.',
    'compress-files':
      '`compress` needs `max-file` of 2 or more: no container starts. Raise max-file, or turn compress off.',
    'local-files':
      'The local driver compresses its files, and cannot with `max-file` {value}: no container starts. Write 2 or more, or set compress to "false".',
    'files-without-size':
      '`max-file` has no effect without `max-size`: the log grows without end. Add max-size.',
    excludes: '`{name}` excludes `{other}`: the daemon fails to start. Keep one of them.',
    'udp-only':
      '`{name}` works only over UDP, and `gelf-address` is {address}: the daemon fails to start. Remove it.',
    'tcp-only':
      '`{name}` works only over TCP, and `gelf-address` is {address}: the daemon fails to start. Remove it.',
    related: 'The other option',
    'fix-mode': 'Set mode to non-blocking',
    'fix-size': 'Add max-size 10m',
    'fix-files': 'Set max-file to 3',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/log-opts'],
  check({ bound, root, versions, report }) {
    for (const { at, what, ...said } of contradictions(bound, root, versions)) report(at, what, said);
  },
});
