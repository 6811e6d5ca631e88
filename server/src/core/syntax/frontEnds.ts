// Which front end reads which format.
import { json } from './json.ts';
import { toml } from './toml.ts';
import type { Format, FrontEnd } from './tree.ts';
import { yaml } from './yaml.ts';

export const frontEnds: Readonly<Record<Format, FrontEnd>> = { json, toml, yaml };
