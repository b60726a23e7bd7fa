/** Mapping templates at run time: `$ctx`, `$util` and `$extensions` around lib/velocity, and what AppSync makes of the text a template prints. */
export { TemplateContext, type TemplateContextData, type TemplateEnd } from './template-context';
export type { TemplateRun } from './template-run';
export { createTemplateGlobals, type TemplateGlobals } from './template-globals';
