// Options of storage and log drivers: strings whose values only the driver reads. Pure: definition and text in, problem out.
import { duration, goBool, size, unsigned } from '../formats.ts';
import type { Definition } from '../schema/definition.ts';

/** Whether a pointer leads into `storage-opts` or `log-opts`: rules of their own know when such an option is read. */
export function isDriverOption(pointer: string): boolean {
  return /^daemon#\/(?:storage-opts|log-opts(?:=[\w-]+)?)\//.test(pointer);
}

/** What is wrong with the value of an option; the words lie with the rules. */
export type ValueProblem = 'listed' | 'size' | 'boolean' | 'duration' | 'unsigned' | 'number';

const formats: Readonly<Record<string, readonly [(text: string) => string | undefined, ValueProblem]>> = {
  size: [size, 'size'],
  'go-bool': [goBool, 'boolean'],
  duration: [duration, 'duration'],
  unsigned: [unsigned, 'unsigned'],
};

/** What is wrong with a value that its driver parses. */
export function valueProblem(definition: Definition, value: string): ValueProblem | undefined {
  const { format, minimum, maximum, 'x-values': values } = definition;
  if (values !== undefined) return values.some((one) => one.value === value) ? undefined : 'listed';
  const check = formats[format ?? ''];
  if (check !== undefined) {
    const [isWrong, problem] = check;
    const none = format === 'size' && minimum !== undefined && Number.parseFloat(value) < minimum;
    return isWrong(value) !== undefined || none ? problem : undefined;
  }
  if (minimum === undefined && maximum === undefined) return undefined;
  if (!/^[+-]?\d+$/.test(value)) return 'number';
  const number = Number(value);
  return number < (minimum ?? number) || number > (maximum ?? number) ? 'number' : undefined;
}

/** The boolean that was meant, as Go reads it. */
export function booleanMeant(value: string): 'true' | 'false' | undefined {
  if (/^(?:y|yes|on|enabled?|true)$/i.test(value.trim())) return 'true';
  return /^(?:n|no|off|disabled?|false)$/i.test(value.trim()) ? 'false' : undefined;
}
