/** How many of one product a customer may ask for at once. */
import { util } from '@aws-appsync/utils';

const LARGEST_QUANTITY = 999;

export function requireQuantity(quantity: number): void {
  if (quantity < 1 || quantity > LARGEST_QUANTITY) {
    util.error(`"quantity" must be between 1 and ${LARGEST_QUANTITY}, got ${quantity}`, 'BadRequest');
  }
}
