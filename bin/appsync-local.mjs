#!/usr/bin/env node
// Starts the command line: the compiled one in an installed package, the TypeScript sources in a checkout.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
if (existsSync(new URL('./cli.ts', import.meta.url))) {
  // Not all of tsx: its hooks for ES modules run in a worker that takes longer to start than the rest.
  require('tsx/cjs');
  require('./cli.ts');
} else {
  require('../dist/bin/cli.js');
}
