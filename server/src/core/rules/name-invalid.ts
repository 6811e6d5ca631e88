// A name, label or key whose form the API server does not take.
import { formatProblem, problemIn } from '../formats.ts';
import { isCustom, isOthersMatter, madeName } from '../kubernetes/judged.ts';
import { isNameProblem, isVariable, type NameProblem, nearName } from '../kubernetes/nameForms.ts';
import { objectOf } from '../kubernetes/objects.ts';
import { defineRule, type Report, type RuleContext, renameFix, valueFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { entriesOf, isNull, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'name-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A name, a label or the key of an annotation has a form that Kubernetes does not take.',
    why: 'Names become parts of DNS names, paths and indexes, so the API server checks their letters and length and refuses the object. Names of objects take no upper case and no underscore; labels do, but no blank.',
    instead: 'Change the name as the message says, everywhere it is used.',
    says: [
      'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters',
      'a lowercase RFC 1123 label must consist of lower case alphanumeric characters',
      'name part must consist of alphanumeric characters',
      'a valid label must be an empty string or consist of alphanumeric characters',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
      'staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go IsDNS1123Subdomain, IsQualifiedName, IsValidLabelValue (1.37)',
      'pkg/apis/core/validation/validation.go ValidateCSIDriverName, ValidateClassName; pkg/apis/storage/validation/validation.go validateProvisioner, validateParameters (1.37)',
    ],
  },
  messages: {
    'not-a-dns-label':
      '`{value}` is not a valid name here, so the API server refuses it. Use at most 63 of a-z, 0-9 and -, with a letter or digit at both ends.',
    'not-a-dns-subdomain':
      '`{value}` is not a valid name here, so the API server refuses it. Use at most 253 of a-z, 0-9, - and ., with a letter or digit at both ends of each part.',
    'not-a-qualified-name':
      '`{value}` is not a valid name here, so the API server refuses it. Use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends; a DNS name and / may stand before them.',
    'not-a-label-value':
      '`{value}` is not a valid label value, so the API server refuses it. Use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends.',
    'not-a-driver-name':
      '`{value}` is not a valid name of a CSI driver, so the API server refuses it. Use at most 63 letters, digits, - and ., with a letter or digit at both ends of each part.',
    'not-a-finalizer':
      '`{value}` is not a valid finalizer, so the API server refuses it. Write the DNS name of its owner and / before it.',
    'empty-text': 'This must not be empty, so the API server refuses it. Write a name, or remove it.',
    late: '`{value}` is not a valid label: the API server takes it, and the snapshot controller fails. Use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends.',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [1, 4, 5, 9, 10, 145, 151, 153, 167, 172, 178, 194, 196, 201, 209, 221, 228, 247, 254],
  check({ bound, versions, report }) {
    const root = objectOf(bound);
    const { definition, node } = bound;
    // Of an item of a list that is null Go makes an empty text.
    const value = bound.entry === undefined && isNull(node) ? '' : text(node);
    if (value !== undefined && definition?.format !== undefined && !isOthersMatter(bound, root, value)) {
      const problem = formatProblem(definition, value, versions.kubernetes);
      if (problem !== undefined && isNameProblem(problem) && !isVariable(value)) {
        const near = nearName(value, (one) => formatProblem(definition, one) === undefined);
        const [message, said] = verdict(problem, value, bound, root);
        report(node, message, { ...said, ...madeName(bound, value), fixes: valueFix(node, near) });
      }
    }
    reportKeys(bound, root, report);
  },
});

function reportKeys(bound: Bound, root: Bound, report: RuleContext['report']): void {
  const { definition, node } = bound;
  const format = definition?.['x-key-format'];
  const map = target(node);
  if (format === undefined || map.kind !== 'map') return;
  for (const entry of entriesOf(map)) {
    const value = String(entry.key.value);
    const problem = problemIn(format, value);
    if (problem === undefined || !isNameProblem(problem)) continue;
    if (isVariable(value) || entry.value.kind === 'missing') continue;
    const near = nearName(value, (one) => problemIn(format, one) === undefined);
    const [message, said] = verdict(problem, value, bound, root);
    report(entry.key, message, {
      ...said,
      below: [value],
      fixes: map.entries.includes(entry) ? renameFix(entry, near) : [],
    });
  }
}

/** Of custom kinds the API server knows the metadata; for the rest the controller stumbles over it. */
function verdict(problem: NameProblem, value: string, { path }: Bound, root: Bound): [string, Report] {
  const known = problem === 'empty-text' || path[root.path.length] === 'metadata';
  if (isCustom(root) && !known) return ['late', { effect: 'fails-later', args: { value } }];
  return [value === '' ? 'empty-text' : problem, { args: { value } }];
}
