// The YAML front end: streams of documents as Kubernetes' own tools read them.
import type { FrontEnd } from './tree.ts';
import { editYaml } from './yamlEdit.ts';
import { readYaml } from './yamlReader.ts';

export const yaml: FrontEnd = { parse: readYaml, edit: editYaml };
