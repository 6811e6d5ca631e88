// What dockerd reads in `hosts`, `registry-mirrors` and `insecure-registries`, and where in the text it stumbles. Pure.
// Sources (moby 29.7): daemon/pkg/opts/hosts.go, daemon/pkg/registry/config.go; Go's net/url. Run on 28.5.2.
import { ip } from '../addressForms.ts';
import { trimSpace } from '../formats.ts';
import { atLeast } from '../schema/versions.ts';

/** What is wrong, as an id of the speaking rule's messages, and where in the text: UTF-16 units, end exclusive. */
export interface Flaw {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** An entry of `hosts`; blanks around it are cut off, and without a scheme it is `tcp`. */
export function hostFlaw(text: string): Flaw | undefined {
  const address = trimSpace(text);
  const start = text.indexOf(address);
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
  return authorityFlaw(rest, at, true) ?? pathFlaw(rest, at) ?? escapeFlaw(rest, at);
}

/** The path of a socket that was meant: `/run/x.sock` and `unix:/run/x.sock` are read as TCP addresses. */
export function socketPath(text: string): string {
  return text.trim().replace(/^unix:\/*/, '/');
}

/** An entry of `registry-mirrors`, for a version of Docker: paths are taken from 24.0.8 on. */
export function mirrorFlaw(text: string, version: string): Flaw | undefined {
  const whole = { from: 0, to: text.length };
  const colon = text.indexOf(':');
  if (text.indexOf('://') <= 0) return { id: 'no-scheme', ...whole };
  const scheme = text.slice(0, colon);
  if (!/^[a-z][a-z\d+.-]*$/i.test(scheme) || hasControl(text)) return { id: 'not-a-url', ...whole };
  if (!/^https?$/i.test(scheme)) return { id: 'scheme', from: 0, to: colon };
  // `https:name` and `https:/name` have no host: odd, but taken when a second scheme follows.
  const hasHost = text.startsWith('//', colon + 1);
  const at = hasHost ? colon + 3 : colon + 1;
  const rest = text.slice(at);
  const bad = hasHost ? (authorityFlaw(rest, at, false) ?? escapeFlaw(rest, at)) : undefined;
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

/**
 * Between `://` and the path: net/url refuses some characters, and ports that are no digits; dockerd refuses port 0 where it
 * listens. There an IPv6 address without brackets loses its last group to the port.
 */
function authorityFlaw(rest: string, at: number, listens: boolean): Flaw | undefined {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const hostAt = authority.lastIndexOf('@') + 1;
  const hostPort = authority.slice(hostAt);
  const place = { from: at + hostAt, to: at + authority.length };
  if (hasControl(rest)) return { id: 'character', from: at, to: at + rest.length };
  if (hostAt > 0 && !/^(?:[\w.~:!$&'()*+,;=%@-]|%[\da-f]{2})*$/i.test(authority.slice(0, hostAt - 1))) {
    return { id: 'character', from: at, to: at + hostAt };
  }
  const [, host = '', port] = /^(\[[^\]]*\]|.*?)(?::([^:]*))?$/s.exec(hostPort) ?? [];
  if (/[ \\^`{|}]|%(?!25)/.test(host))
    return { id: 'character', from: place.from, to: place.from + host.length };
  const bracketed = /^\[(.*)\]$/.exec(host)?.[1];
  if (bracketed === undefined && host.includes('[')) return { id: 'brackets', ...place };
  if (bracketed !== undefined && !isIpv6Host(bracketed, listens)) return { id: 'brackets', ...place };
  if (bracketed === undefined && listens && host.includes(':') && !isIpv6Host(host, listens)) {
    return { id: 'brackets', ...place };
  }
  if (port === undefined || port === '') return undefined;
  const portPlace = { from: place.to - port.length, to: place.to };
  if (!/^\d+$/.test(port)) return { id: 'port', ...portPlace };
  if (!listens) return undefined;
  if (BigInt(port) === 0n) return { id: 'port-zero', ...portPlace };
  if (BigInt(port) >= 2n ** 63n) return { id: 'port', ...portPlace };
  return BigInt(port) > 65535n ? { id: 'port-large', ...portPlace } : undefined;
}

/** A zone is written `%25name`; dockerd loses the escape, and then cannot read where it listens. */
function isIpv6Host(host: string, listens: boolean): boolean {
  const [address = '', zone] = host.split('%25');
  if (zone !== undefined && (listens || zone === '')) return false;
  return address.includes(':') && ip(address) === undefined;
}

/** A `%` that no two hexadecimal digits follow, in the user's part, the path or the fragment; of a query dockerd reads nothing. */
function escapeFlaw(rest: string, at: number): Flaw | undefined {
  const found = /%(?![\da-f]{2})/i.exec(rest.replace(/\?[^#]*/, (query) => ' '.repeat(query.length)));
  return found === null ? undefined : { id: 'character', from: at + found.index, to: at + found.index + 1 };
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
