// What this server says beyond the protocol. Plain names and data, so that every client can take part.
import type { Facts } from '../core/finding.ts';

/** Client → server, a notification: what was learnt from engines since. It replaces what was sent before; open documents are judged anew. */
export const factsNotification = 'stowage/facts';
export type FactsParams = Facts;

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** Settings for clients that cannot be asked for their configuration; the same names as in `stowage.*`. */
  readonly settings?: unknown;
  /** `pull`: diagnostics are sent only when they are asked for (textDocument/diagnostic). */
  readonly diagnostics?: 'push' | 'pull';
}
