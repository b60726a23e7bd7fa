/** What a product may look like, for the mutations that write one. */
import { util } from '@aws-appsync/utils';

export function requireName(name: string | null): string {
  if (name === null || name.trim() === '') {
    util.error('"name" must not be empty', 'BadRequest');
  }
  return name;
}

export function requireInventory(quantity: number): void {
  if (quantity < 0) {
    util.error(`the number in stock must be 0 or more, got ${quantity}`, 'BadRequest');
  }
}
