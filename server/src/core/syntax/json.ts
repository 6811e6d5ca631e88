// The JSON front end: strict as the engine reads it, tolerant as a person types it.
import { editJson } from './jsonEdit.ts';
import { readJson } from './jsonReader.ts';
import type { FrontEnd } from './tree.ts';

export const json: FrontEnd = { parse: readJson, edit: editJson };
