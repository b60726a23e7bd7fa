/** How many items a page looks at. */
import { util } from '@aws-appsync/utils';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

export function pageSize(limit: number | null | undefined): number {
  const size = limit ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    util.error(`"limit" must be between 1 and ${LARGEST_PAGE}, got ${size}`, 'BadRequest');
  }
  return size;
}
