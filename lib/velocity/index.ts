/** AppSync's dialect of the Velocity Template Language: parses mapping templates, with positions, and renders them with Java's values. */
export { compareValues, isNumber, isSame, JavaDouble, JavaEntry, type JavaValue, numberOf, TemplateFailure, type TemplateFunction, TemplateObject, textOf, toJava, toPlain } from './java-values';
export type { JavaPatterns } from './java-methods';
export { type ParsedTemplate, parseTemplate, type Template, type TemplateProblem } from './parse';
export { renderTemplate, type Rendering } from './render';
export { type Access, type Block, type Expression, type Reference, referencesIn, type Segment, type Span, variablesIn } from './syntax-tree';
