// A log driver without an option that it cannot do without.
import { hasLogOptions, logDriver, logOptionsOf } from '../docker/logOptions.ts';
import { defineRule } from '../rule.ts';
import { entry, get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-opt-missing',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'The log driver needs an option that is not in `log-opts`.',
    why: 'gelf needs `gelf-address`, awslogs `awslogs-group`, splunk `splunk-url` and `splunk-token`. With other `log-opts` in the file, gelf and awslogs keep the daemon from starting; else only those containers can be created that bring the option themselves. `dockerd --validate` accepts the file.',
    instead: 'Add the option to `log-opts`.',
    says: [
      'gelf-address is a required parameter',
      "must specify a value for log opt 'awslogs-group'",
      'failed to initialize logging driver: splunk: splunk-url is expected',
    ],
    source: [
      'daemon/logger/gelf/gelf.go:200-204, awslogs/cloudwatchlogs.go:728-789, splunk/splunk.go (29.7); run on 20.10.24 and 28.5.2',
    ],
  },
  messages: {
    start: 'The log driver {driver} needs `{name}`, and log-opts lack it: the daemon fails to start. Add it.',
    container:
      'The log driver {driver} needs `{name}`: without it only those containers work that bring it themselves. Add it to log-opts.',
  },
  at: ['daemon#/log-driver', 'daemon#/log-opts'],
  check({ bound, root, versions, report }) {
    const driver = logDriver(root.node);
    const options = logOptionsOf(driver, versions);
    const given = get(root.node, 'log-opts');
    // Said once: of the options where there are some, else of the driver.
    if (options === undefined || (bound.pointer === 'daemon#/log-opts') !== hasLogOptions(root.node)) return;
    const stops = hasLogOptions(root.node) && driver !== 'splunk';
    // An empty token passes; an empty address or group does not.
    const without = (name: string) => {
      const value = get(given, name);
      return value === undefined || (text(value) === '' && driver !== 'splunk');
    };
    const key = bound.pointer === 'daemon#/log-opts' ? bound.entry?.key : undefined;
    for (const name of (options.required ?? []).filter(without)) {
      report(entry(given, name)?.value ?? key ?? bound.node, stops ? 'start' : 'container', {
        ...(!stops && { level: 'warning' }),
        args: { driver, name },
      });
    }
  },
});
