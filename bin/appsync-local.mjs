#!/usr/bin/env node
// Starts the command line: the compiled one in an installed package, the TypeScript sources in a checkout.
import { existsSync } from 'node:fs';

const source = new URL('./cli.ts', import.meta.url);
if (existsSync(source)) {
  await import('tsx');
  await import(source.href);
} else {
  await import('../dist/bin/cli.js');
}
