// Names as the API server reads them: of objects, labels, drivers. Texts without state; the words lie with rule name-invalid.
// Source: apimachinery pkg/util/validation/validation.go, pkg/api/validation/generic.go, core/validation.go (1.37).

/** What is wrong with a name. */
export type NameProblem =
  | 'not-a-dns-label'
  | 'not-a-dns-subdomain'
  | 'not-a-qualified-name'
  | 'not-a-label-value'
  | 'not-a-driver-name'
  | 'not-a-finalizer'
  | 'empty-text';

type Check = (text: string) => NameProblem | undefined;

/** At most 63 of a-z, 0-9 and `-`, with a letter or digit at both ends (IsDNS1123Label). */
export function dnsLabel(text: string): NameProblem | undefined {
  return text.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text) ? undefined : 'not-a-dns-label';
}

/** DNS labels joined by points, at most 253 characters in all; the parts may be longer than 63 (IsDNS1123Subdomain). */
export function dnsSubdomain(text: string): NameProblem | undefined {
  return text.length <= 253 && subdomain.test(text) ? undefined : 'not-a-dns-subdomain';
}

const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A name of at most 63 letters, digits, `-`, `_` and `.`, perhaps with a DNS name and `/` before it (IsQualifiedName). */
export function qualifiedName(text: string): NameProblem | undefined {
  const parts = text.split('/');
  const name = parts.pop() ?? '';
  const [prefix, ...more] = parts;
  if (more.length > 0 || (prefix !== undefined && dnsSubdomain(prefix) !== undefined))
    return 'not-a-qualified-name';
  return name.length <= 63 && word.test(name) ? undefined : 'not-a-qualified-name';
}

const word = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Empty, or a word of at most 63 characters (IsValidLabelValue). */
export function labelValue(text: string): NameProblem | undefined {
  return text === '' || (text.length <= 63 && word.test(text)) ? undefined : 'not-a-label-value';
}

/** At most 63 characters, in lower case a DNS subdomain (ValidateCSIDriverName). */
export function driverName(text: string): NameProblem | undefined {
  const fits = text.length <= 63 && dnsSubdomain(text.toLowerCase()) === undefined;
  return fits ? undefined : 'not-a-driver-name';
}

/** Without a prefix only those of Kubernetes itself are taken (core/validation.go: ValidateFinalizerName). */
function isFinalizer(text: string): boolean {
  return text.includes('/') || ['kubernetes', 'orphan', 'foregroundDeletion'].includes(text);
}

/** A name that the server completes: a hyphen at its end is no fault (maskTrailingDash), and the whole name is checked, too. */
function prefixOf(check: Check): Check {
  return (text) => {
    const masked = text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
    return check(masked) ?? check(`${text.slice(0, longestPrefix)}a`);
  };
}

/** More of a prefix is cut off (apiserver pkg/storage/names/generate.go). */
const longestPrefix = 58;

function orEmpty(check: Check): Check {
  return (text) => (text === '' ? undefined : check(text));
}

/** The checks by the `format` words of the schemas. */
export const nameForms = {
  'dns-label': dnsLabel,
  'dns-label-or-empty': orEmpty(dnsLabel),
  'dns-label-prefix': orEmpty(prefixOf(dnsLabel)),
  'dns-subdomain': dnsSubdomain,
  'dns-subdomain-or-empty': orEmpty(dnsSubdomain),
  'dns-subdomain-prefix': orEmpty(prefixOf(dnsSubdomain)),
  'label-key': qualifiedName,
  'annotation-key': (text) => qualifiedName(text.toLowerCase()),
  'label-value': labelValue,
  'csi-driver-name': driverName,
  'provisioner-name': (text) => qualifiedName(text.toLowerCase()),
  finalizer: (text) => qualifiedName(text) ?? (isFinalizer(text) ? undefined : 'not-a-finalizer'),
  'not-empty': (text) => (text === '' ? 'empty-text' : undefined),
} satisfies Readonly<Record<string, Check>>;

const problems: ReadonlySet<string> = new Set<NameProblem>([
  'not-a-dns-label',
  'not-a-dns-subdomain',
  'not-a-qualified-name',
  'not-a-label-value',
  'not-a-driver-name',
  'not-a-finalizer',
  'empty-text',
]);

/** Whether a problem with a text is one with a name. */
export function isNameProblem(problem: string): problem is NameProblem {
  return problems.has(problem);
}

/** Tools fill in `$(NAME)` and `${NAME}` before the server sees it. */
export function isVariable(value: string): boolean {
  return /\$[{(\w]|\{\{/.test(value);
}

/** The same with what is allowed: small letters, a hyphen for anything else, none at the ends. */
export function nearName(value: string, isRight: (text: string) => boolean): string | undefined {
  const plain = (text: string) =>
    text.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  const slash = value.lastIndexOf('/');
  const parts = slash < 0 ? [value] : [value.slice(0, slash), value.slice(slash + 1)];
  const small = (text: string) => text.toLowerCase().replaceAll('_', '-');
  return [plain(value), parts.map(plain).join('/'), plain(small(value))].find(
    (near) => near !== '' && near !== value && isRight(near),
  );
}
