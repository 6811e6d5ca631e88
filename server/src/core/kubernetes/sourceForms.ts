// Texts in the sources of volumes as the API server reads them. Pure: text in, problem id out.
// Source: core/validation.go validateISCSIVolumeSource, validateQuobyteVolumeSource, validateFlockerVolumeSource (1.37).

export type SourceProblem = 'not-an-iscsi-name' | 'has-slash' | 'not-host-ports';

const problems: ReadonlySet<string> = new Set<SourceProblem>([
  'not-an-iscsi-name',
  'has-slash',
  'not-host-ports',
]);

/** Whether a problem with a text is one with the source of a volume. */
export function isSourceProblem(problem: string): problem is SourceProblem {
  return problems.has(problem);
}

type Check = (text: string) => SourceProblem | undefined;

/** iqn., eui. or naa. and what belongs to each; the server looks for the form of an iqn anywhere in the text. */
function iscsiName(text: string): SourceProblem | undefined {
  const forms = [
    /^iqn.*iqn\.\d{4}-\d{2}\.[A-Za-z\d.-]+:[^,;*&$|\s]+$|^iqn\.\d{4}-\d{2}\.[A-Za-z\d.-]+:[^,;*&$|\s]+$/s,
    /^eui.[A-Za-z\d]{16}$/,
    /^naa.[A-Za-z\d]{32}$/,
  ];
  return forms.some((form) => form.test(text)) ? undefined : 'not-an-iscsi-name';
}

/** Pairs as net.SplitHostPort takes them apart; neither side needs to be written. */
function hostPortList(text: string): SourceProblem | undefined {
  const pair = /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/;
  return text === '' || text.split(',').every((one) => pair.test(one)) ? undefined : 'not-host-ports';
}

/** The checks by the `format` words of the schemas. */
export const sourceForms = {
  'iscsi-name': iscsiName,
  'no-slash': (text) => (text.includes('/') ? 'has-slash' : undefined),
  'host-port-list': hostPortList,
} satisfies Readonly<Record<string, Check>>;
