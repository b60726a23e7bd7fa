/** SchemaModel to TypeScript text. */
export { generateTypes } from './generate-types';
