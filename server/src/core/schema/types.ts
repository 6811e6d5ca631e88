// Whether a value has a type that its engine takes: JSON and YAML as Go's decoders read them, TOML as BurntSushi/toml does.
import type { Family } from '../finding.ts';
import { type Node, type ScalarNode, target } from '../syntax/tree.ts';
import type { Definition, ValueType } from './definition.ts';

/** False only where the engine refuses the value for its type. A value that is not written yet, or of no known type, fits. */
export function typeMatches(node: Node, definition: Definition | undefined, family: Family): boolean {
  const value = target(node);
  if (definition?.type === undefined || value.kind === 'missing') return true;
  // Go leaves a field alone that is null, whatever its type; TOML has no null. (RUN dockerd 20.10.24, 28.5.2)
  if (value.kind === 'scalar' && value.type === 'null' && family !== 'storage') {
    return !refusesNull.includes(definition.pointer) && !customItem.test(definition.pointer);
  }
  const types = typeof definition.type === 'string' ? [definition.type] : definition.type;
  return types.some((type) => fits(value, type, family));
}

/** In lists of custom kinds null is no value: the API server checks them by their schema alone. */
const customItem = /^k8s#Volume(?:Group)?Snapshot.*\[\]$/;

/** Exceptions to that: a size has its own decoder, and `proxies` is only known by its members. (RUN dockerd 28.5.2) */
const refusesNull = ['daemon#/default-shm-size', 'daemon#/proxies'];

function fits(
  value: Exclude<ReturnType<typeof target>, { kind: 'missing' }>,
  type: ValueType,
  family: Family,
): boolean {
  if (value.kind === 'map') return type === 'object';
  if (value.kind === 'list') return type === 'array';
  if (type === 'integer') return isInteger(value, family);
  if (type === 'number') return value.type === 'integer' || value.type === 'float';
  if (type === 'boolean') return value.type === 'boolean' || (family === 'k8s' && isYamlBoolean(value, 'yn'));
  if (type === 'string') return isString(value, family);
  return type === 'null' && value.type === 'null';
}

/**
 * Go reads a JSON number into an integer only if it is written as one: 1.0 and 1e3 are refused. YAML becomes JSON first, and
 * there 1.0 is written 1, so it passes (sigs.k8s.io/yaml). BurntSushi/toml takes integers alone.
 */
function isInteger(value: ScalarNode, family: Family): boolean {
  if (family === 'daemon') return !value.quoted && /^-?\d+$/.test(value.raw);
  if (family === 'storage') return value.type === 'integer';
  return value.type === 'integer' || (value.type === 'float' && Number.isInteger(value.value));
}

function isString(value: ScalarNode, family: Family): boolean {
  if (family !== 'k8s') return value.type === 'string';
  if (value.type === 'datetime') return true;
  return value.type === 'string' && !isYamlBoolean(value, '');
}

/** kubectl reads YAML 1.1 (go-yaml v2), where a bare yes, no, on or off is a boolean; of y and n its versions differ. */
function isYamlBoolean(value: ScalarNode, also: '' | 'yn'): boolean {
  if (value.quoted || value.type !== 'string') return false;
  if (/^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(value.raw)) return true;
  return also === 'yn' && /^[yYnN]$/.test(value.raw);
}
