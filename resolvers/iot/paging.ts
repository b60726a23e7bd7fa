/** How many items a page looks at. */
import { util } from '@aws-appsync/utils';

export function pageSize(limit: number | null | undefined, usual: number, largest: number): number {
  const size = limit ?? usual;
  if (size < 1 || size > largest) {
    util.error(`"limit" must be between 1 and ${largest}, got ${size}`, 'BadRequest');
  }
  return size;
}
