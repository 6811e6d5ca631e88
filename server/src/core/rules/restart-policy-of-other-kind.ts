// Pods of a service are always started again, those of a job never without end.
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { isUnset, mapsIn } from '../kubernetes/pods.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { get, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'restart-policy-of-other-kind',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The `restartPolicy` of a template does not go with the kind of workload.',
    why: 'A Job or CronJob ends, so its pods have `Never` or `OnFailure`, and it has to be written, for `Always` is what counts without it. A Deployment, ReplicaSet, DaemonSet, StatefulSet or ReplicationController keeps its pods running and takes `Always` alone. The API server refuses the rest.',
    instead: 'Write `OnFailure` or `Never` for a job, and leave `restartPolicy` out elsewhere.',
    says: [
      'spec.template.spec.restartPolicy: Unsupported value',
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template',
      'pkg/apis/batch/validation/validation.go validateJobSpec; pkg/apis/apps/validation/validation.go (1.37)',
    ],
  },
  messages: {
    job: 'The pods of a {kind} end, so the API server refuses it without `restartPolicy: OnFailure` or `Never`. Write one.',
    always: 'The pods of a {kind} are always started again, so the API server refuses `{value}`. Remove it.',
    'fix-job': 'Set restartPolicy: OnFailure',
    'fix-always': 'Change to Always',
  },
  at: ['k8s#PodSpec'],
  covers: [242],
  check({ bound, root, kind: file, report }) {
    const kind = kindOf(objectOf(bound));
    const isJob = kind === 'Job' || kind === 'CronJob';
    if ((!isJob && !services.includes(kind)) || isPartial(root, file)) return;
    const containers = mapsIn(get(bound.node, 'containers')) ?? [];
    const written = get(bound.node, 'restartPolicy');
    const value = isUnset(written) ? 'Always' : text(written);
    if (value === undefined || value === '' || written?.kind === 'missing' || /\$[{(]/.test(value)) return;
    const below = ['restartPolicy'];
    if (!isJob && value !== 'Always') {
      report(written ?? bound.node, 'always', {
        below,
        args: { kind, value },
        fixes: set(bound.node, written, 'Always'),
      });
    }
    // What has no container with an image is a patch.
    const isWhole = containers.some((one) => text(get(one, 'image')) !== undefined);
    if (!isJob || value === 'Never' || value === 'OnFailure' || !isWhole) return;
    report(written ?? bound.entry?.key ?? bound.node, 'job', {
      below,
      args: { kind },
      fixes: set(bound.node, written, 'OnFailure'),
    });
  },
});

const services = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'ReplicationController'];

function set(spec: Node, written: Node | undefined, value: string): RuleFix[] {
  const into = target(spec);
  const title = value === 'Always' ? 'fix-always' : 'fix-job';
  if (written !== undefined)
    return [{ title, kind: 'suggestion', changes: [{ do: 'replace', node: written, value }] }];
  if (into.kind !== 'map' || into !== spec) return [];
  return [{ title, kind: 'suggestion', changes: [{ do: 'insert', into, key: 'restartPolicy', value }] }];
}
