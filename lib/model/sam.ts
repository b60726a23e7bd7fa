export { expandSam };
import type { Problems } from './problems';
import type { Template } from './template-file';
function expandSam(template: Template, _problems: Problems): Template { return template; }
