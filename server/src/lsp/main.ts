// The door of the language server: `--stdio`, `--node-ipc` or `--socket=N` say how its client talks to it.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

serve(createConnection(ProposedFeatures.all));
