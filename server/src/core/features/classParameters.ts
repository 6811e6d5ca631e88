// What a StorageClass of a driver begins with, from the data alone: for the drivers that have no starter written by hand.
import { abilitiesOf, expandsWithSecret, oneOfParameters, parametersOf } from '../kubernetes/csiDrivers.ts';
import { literal } from './snippets.ts';

/** The parameters that a driver cannot do without, a line each, with places to type in from the second stop on. */
export function neededParameters(driver: string): string[] {
  const { required = [], properties = {} } = parametersOf(driver) ?? {};
  const chosen = (oneOfParameters[driver] ?? []).flatMap(([first = '']) => first);
  const secret = 'csi.storage.k8s.io/controller-expand-secret';
  const secrets = expandsWithSecret.includes(driver) ? [`${secret}-name`, `${secret}-namespace`] : [];
  return [...required, ...chosen, ...secrets].map((name, index) => {
    const { default: standard, 'x-values': values = [] } = properties[name] ?? {};
    const stop = index + 2;
    if (typeof standard === 'string') return `${name}: ${literal(standard, 'yaml')}`;
    if (values.length > 0) return `${name}: \${${stop}|${values.map(({ value }) => value).join(',')}|}`;
    const shown = /secret-name$/.test(name)
      ? 'secret'
      : /namespace$/.test(name)
        ? 'default'
        : name.replace(/^.*\//, '');
    return `${name}: \${${stop}:${shown}}`;
  });
}

/** When volumes of a driver are best made. */
export function bestMode(driver: string): 'WaitForFirstConsumer' | 'Immediate' {
  return abilitiesOf(driver)?.reach === undefined ? 'Immediate' : 'WaitForFirstConsumer';
}
