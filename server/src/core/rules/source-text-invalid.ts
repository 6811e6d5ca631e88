// A text of a volume's source that does not have the form which its protocol has.
import { formatProblem } from '../formats.ts';
import { isVariable } from '../kubernetes/nameForms.ts';
import { isSourceProblem, type SourceProblem } from '../kubernetes/sourceForms.ts';
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'source-text-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A name or an address in the source of a volume does not have the form that it must have.',
    why: 'iSCSI names have one of three forms, Quobyte wants addresses with ports, and the name of a Flocker dataset has no slash. The API server looks at them and refuses the object.',
    instead: 'Use the form that the message shows.',
    says: [
      'must be valid format starting with iqn, eui, or naa',
      'must be a host:port pair or multiple pairs separated by commas',
    ],
    source: [
      'https://datatracker.ietf.org/doc/html/rfc3720#section-3.2.6.3',
      'pkg/apis/core/validation/validation.go validateISCSIVolumeSource, validateQuobyteVolumeSource, validateFlockerVolumeSource (1.37)',
    ],
  },
  messages: {
    'not-an-iscsi-name':
      '`{value}` is not a valid iSCSI name, so the API server refuses it. Write it like iqn.2001-04.com.example:disk1, eui. with 16 letters and digits, or naa. with 32.',
    'has-slash': '`{value}` contains a slash, so the API server refuses it. Write the name without it.',
    'not-host-ports':
      '`{value}` is not a valid list of addresses with ports, so the API server refuses it. Write host:port, several with commas between them.',
  } satisfies Readonly<Record<SourceProblem, string>>,
  at: ['*'],
  covers: [46, 49, 53, 58],
  check({ bound, report }) {
    const { definition, node, parent, entry } = bound;
    const value = text(node);
    if (value === undefined || definition?.format === undefined || isVariable(value)) return;
    const required = parent?.definition?.required?.includes(String(entry?.key.value)) === true;
    if (value === '' && required) return;
    const problem = formatProblem(definition, value);
    if (problem !== undefined && isSourceProblem(problem)) report(node, problem, { args: { value } });
  },
});
