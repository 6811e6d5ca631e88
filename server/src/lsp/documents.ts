// Open documents: their text, one timer each, and the analysis of the version that is open. Analysis is synchronous, so what
// is read from here is never of another version than the text.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyze } from '../core/analyze.ts';
import type { Beside, Facts } from '../core/finding.ts';
import { recognise } from '../core/recognise.ts';
import { defaultSettings, type ServerSettings } from './settings.ts';

/** Larger files are passed over: none of ours comes near, UTF-16 units. */
export const largest = 5_000_000;

export interface Analysed {
  readonly document: TextDocument;
  /** Undefined where the file is not ours, too large, or binary. */
  readonly analysis: Analysis | undefined;
  readonly settings: ServerSettings;
  /** What it was judged with. */
  readonly facts: Facts;
}

interface State {
  settings: ServerSettings;
  /** What files near it say. */
  beside?: Beside;
  timer?: NodeJS.Timeout;
  /** The log knows that it is passed over: one line a document, not one a keystroke. */
  told?: boolean;
  /** The last analysis and the version it is of. */
  last?: { readonly version: number; readonly analysed: Analysed };
}

export interface Documents {
  /** A document was opened or changed: its analysis comes after the delay, or at once where `now`. */
  touch(document: TextDocument, now: boolean): void;
  close(uri: string): void;
  /** The analysis of the text as it is. */
  read(document: TextDocument): Analysed;
  setSettings(uri: string, settings: ServerSettings): void;
  /** What files near a document say now; true where that is new. */
  setBeside(uri: string, beside: Beside): boolean;
  /** Facts count for all documents. */
  setFacts(facts: Facts): void;
  facts(): Facts;
  stop(): void;
}

/** @param publish called with each version that was analysed @param log for our own faults */
export function openDocuments(
  publish: (analysed: Analysed) => void,
  log: (message: string) => void,
): Documents {
  const states = new Map<string, State>();
  let facts: Facts = {};

  const stateOf = (uri: string): State => {
    const state = states.get(uri) ?? { settings: defaultSettings };
    states.set(uri, state);
    return state;
  };

  function read(document: TextDocument): Analysed {
    const state = stateOf(document.uri);
    if (state.last?.version === document.version) return state.last.analysed;
    const around = state.beside === undefined ? facts : { ...facts, beside: state.beside };
    const analysis = analysisOf(document, around, state.settings);
    const analysed = { document, settings: state.settings, facts: around, analysis };
    state.last = { version: document.version, analysed };
    return analysed;
  }

  function analysisOf(
    document: TextDocument,
    around: Facts,
    { analysis: settings }: ServerSettings,
  ): Analysis | undefined {
    const text = document.getText();
    if (text.length > largest || text.includes('\0')) {
      const state = stateOf(document.uri);
      if (state.told !== true)
        log(`${document.uri}: passed over, ${text.length > largest ? 'too large' : 'binary'}`);
      state.told = true;
      return undefined;
    }
    const kind = recognise(pathOf(document.uri), text, document.languageId);
    if (kind === undefined) return undefined;
    const analysis = analyze(text, kind, around, settings);
    for (const { rule, error } of analysis.faults) {
      log(
        `the rule ${rule} failed on ${document.uri}: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
    return analysis;
  }

  return {
    touch(document, now) {
      const state = stateOf(document.uri);
      clearTimeout(state.timer);
      if (now || state.settings.delay === 0) publish(read(document));
      else state.timer = setTimeout(() => publish(read(document)), state.settings.delay);
    },
    close(uri) {
      clearTimeout(states.get(uri)?.timer);
      states.delete(uri);
    },
    read,
    setSettings(uri, settings) {
      const state = stateOf(uri);
      state.settings = settings;
      delete state.last;
    },
    setBeside(uri, beside) {
      const state = stateOf(uri);
      if (JSON.stringify(state.beside) === JSON.stringify(beside)) return false;
      state.beside = beside;
      delete state.last;
      return true;
    },
    setFacts(learnt) {
      facts = learnt;
      for (const state of states.values()) delete state.last;
    },
    facts: () => facts,
    stop() {
      for (const { timer } of states.values()) clearTimeout(timer);
      states.clear();
    },
  };
}

/** The path in a URI; of one that is not a file's, what looks like its path. */
function pathOf(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    return uri;
  }
}
