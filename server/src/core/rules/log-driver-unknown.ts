// A slip in the name of a log driver, or a driver of another system.
import { hasLogOptions } from '../docker/logOptions.ts';
import { defineRule, valueFix } from '../rule.ts';
import { allowedValues } from '../schema/describe.ts';
import { nearest } from '../schema/search.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-driver-unknown',
  families: ['daemon'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`log-driver` looks like the name of a built-in driver, but is not, or the driver exists only on another system.',
    why: 'Other names are plugins. If no plugin has the name, no container can be created; with `log-opts` in the file the daemon does not even start. `dockerd --validate` accepts any name.',
    instead: 'Write the name of the driver exactly, in small letters. Completion lists the built-in ones.',
    says: [
      'error looking up logging plugin NAME: plugin "NAME" not found',
      "logger: no log driver named 'NAME' is registered",
    ],
    source: ['daemon/logger/factory.go:134-178, daemon/logs.go:192-196 (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    near: 'Docker has no log driver `{driver}`. If no plugin has this name, no container can be created. Did you mean `{near}`?',
    'near-start':
      'Docker has no log driver `{driver}`. If no plugin has this name, the daemon fails to start, because there are log-opts. Did you mean `{near}`?',
    'other-platform':
      'The log driver `{driver}` exists only on {platform}: no container can be created. Use another driver.',
    'other-platform-start':
      'The log driver `{driver}` exists only on {platform}: the daemon fails to start. Use another driver.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/log-driver'],
  check({ bound, root, versions, report }) {
    const driver = text(bound.node);
    if (!driver || /[/:]/.test(driver)) return;
    const known = bound.definition?.['x-values']?.find(({ value }) => value === driver);
    const on = known?.['x-platform'];
    const late = hasLogOptions(root.node) ? '-start' : '';
    if (on !== undefined && on !== versions.platform) {
      const platform = { linux: 'Linux', windows: 'Windows' }[on];
      report(bound.node, `other-platform${late}`, { level: 'error', args: { driver, platform } });
    }
    if (known !== undefined) return;
    const names = allowedValues(bound.definition, versions.docker, versions.platform);
    const near = nearest(
      driver,
      names.map(({ value }) => String(value)),
    );
    if (near === undefined) return;
    report(bound.node, `near${late}`, { args: { driver, near }, fixes: valueFix(bound.node, near) });
  },
});
