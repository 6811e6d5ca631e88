// What dockerd reads in `hosts`, `registry-mirrors` and `insecure-registries`, and where in the text it stumbles. Pure.
// Sources (moby 29.7): daemon/pkg/opts/hosts.go, daemon/pkg/registry/config.go; Go's net/url. Run on 28.5.2.
import { ip } from '../formats.ts';
import { atLeast } from '../schema/versions.ts';

/** What is wrong, as an id of the speaking rule's messages, and where in the text: UTF-16 units, end exclusive. */
export interface Flaw {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** An entry of `hosts`; blanks around it are cut off, and without a scheme it is `tcp`. */
export function hostFlaw(text: string): Flaw | undefined {
  const start = text.length - text.trimStart().length;
  const address = text.trim();
  const whole = { from: start, to: start + address.length };
  const cut = address.indexOf('://');
  const scheme = cut < 0 ? 'tcp' : address.slice(0, cut);
  const rest = cut < 0 ? address : address.slice(cut + 3);
  const at = start + (cut < 0 ? 0 : cut + 3);
  if (address === '' || scheme === 'fd') return undefined;
  if (scheme === 'unix' || scheme === 'npipe') {
    return rest.includes('://') ? { id: 'second-scheme', from: at, to: whole.to } : undefined;
  }
  if (scheme !== 'tcp') return { id: 'scheme', from: start, to: start + cut };
  if (/^\/|^unix:/.test(address)) return { id: 'socket-path', ...whole };
  return authorityFlaw(rest, at) ?? pathFlaw(rest, at);
}

/** The path of a socket that was meant: `/run/x.sock` and `unix:/run/x.sock` are read as TCP addresses. */
export function socketPath(text: string): string {
  return text.trim().replace(/^unix:\/*/, '/');
}

/** An entry of `registry-mirrors`, for a version of Docker: paths are taken from 24.0.8 on. */
export function mirrorFlaw(text: string, version: string): Flaw | undefined {
  const whole = { from: 0, to: text.length };
  const cut = text.indexOf('://');
  if (cut <= 0) return { id: 'no-scheme', ...whole };
  const scheme = text.slice(0, cut);
  if (!/^[a-z][\w+.-]*$/i.test(scheme)) return { id: 'not-a-url', ...whole };
  if (!/^https?$/i.test(scheme)) return { id: 'scheme', from: 0, to: cut };
  const at = cut + 3;
  const rest = text.slice(at);
  const bad = authorityFlaw(rest, at);
  if (bad !== undefined) return bad;
  const [authority = '', path = ''] = /^([^/?#]*)([^?#]*)/.exec(rest)?.slice(1) ?? [];
  const tail = rest.slice(authority.length + path.length);
  if (/^\?[^#]|#./.test(tail))
    return { id: 'query', from: at + authority.length + path.length, to: whole.to };
  const user = authority.lastIndexOf('@');
  if (user >= 0) return { id: 'credentials', from: at, to: at + user + 1 };
  const noPath = path === '' || path === '/' || atLeast(version, '24.0.8');
  return noPath
    ? undefined
    : { id: 'path', from: at + authority.length, to: at + authority.length + path.length };
}

/** An entry of `insecure-registries`: `host[:port]`, an address, or a network; `http://` in front is cut off with a warning. */
export function registryFlaw(text: string): Flaw | undefined {
  const cut = text.indexOf('://');
  const scheme = cut < 0 ? '' : text.slice(0, cut);
  if (cut >= 0 && !/^https?$/i.test(scheme)) return { id: 'scheme', from: 0, to: Math.max(cut, 1) };
  const from = cut < 0 ? 0 : cut + 3;
  const entry = text.slice(from);
  const whole = { from, to: text.length };
  if (entry.startsWith('-') || entry.endsWith('-')) return { id: 'hyphen', ...whole };
  if (isNetwork(entry)) return cut < 0 ? undefined : { id: 'has-scheme', from: 0, to: from };
  const [, host = entry, port] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
  if (!registryHost.test(entry) && ip(host.replace(/^\[|\]$/g, '')) !== undefined) {
    return { id: entry.includes('/') ? 'path' : 'host', ...whole };
  }
  if (port !== undefined && Number(port) > 65535) {
    return { id: 'port', from: text.length - port.length, to: text.length };
  }
  return cut < 0 ? undefined : { id: 'has-scheme', from: 0, to: from };
}

/** What an image's registry may be called (distribution/reference DomainRegexp). */
const registryHost =
  /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[a-f\d:]+\])(?::\d+)?$/i;

function isNetwork(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const most = address.includes(':') ? 128 : 32;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= most && ip(address) === undefined;
}

/** Between `://` and the path: net/url refuses some characters, and ports that are no digits; dockerd refuses port 0. */
function authorityFlaw(rest: string, at: number): Flaw | undefined {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const hostAt = authority.lastIndexOf('@') + 1;
  const hostPort = authority.slice(hostAt);
  const place = { from: at + hostAt, to: at + authority.length };
  if (hasControl(rest)) return { id: 'character', from: at, to: at + rest.length };
  const [, host = '', port] = /^(\[[^\]]*\]|.*?)(?::([^:]*))?$/s.exec(hostPort) ?? [];
  if (/[ \\^`{|}]|%(?!25)/.test(host))
    return { id: 'character', from: place.from, to: place.from + host.length };
  if (host.startsWith('[') !== host.endsWith(']')) return { id: 'brackets', ...place };
  // Unbracketed, an IPv6 address loses its last group to the port.
  const bare = host.startsWith('[') ? host.slice(1, -1) : host.includes(':') ? host : undefined;
  if (bare !== undefined && ip(bare.replace(/%25.*$/, '')) !== undefined) return { id: 'brackets', ...place };
  if (port === undefined || port === '') return undefined;
  const portPlace = { from: place.to - port.length, to: place.to };
  if (!/^\d+$/.test(port)) return { id: 'port', ...portPlace };
  if (Number(port) === 0) return { id: 'port-zero', ...portPlace };
  return Number(port) > 65535 ? { id: 'port-large', ...portPlace } : undefined;
}

function hasControl(text: string): boolean {
  return [...text].some((one) => one < ' ' || one === '\u007f');
}

function pathFlaw(rest: string, at: number): Flaw | undefined {
  const slash = rest.search(/[/?#]/);
  if (slash < 0 || rest[slash] !== '/') return undefined;
  const end = rest.slice(slash).search(/[?#]/);
  return { id: 'path', from: at + slash, to: at + (end < 0 ? rest.length : slash + end) };
}
