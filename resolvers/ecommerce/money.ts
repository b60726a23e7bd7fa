/** Prices, tax and shipping. Sums are made in whole cents, so that they come out exact. */
import { util } from '@aws-appsync/utils';

const TAX_PERCENT = 8;
const SHIPPING_CENTS = 599;
const FREE_SHIPPING_FROM_CENTS = 5000;

export interface Totals {
  subtotal: number;
  tax: number;
  shipping: number;
  total: number;
}

/** BadRequest unless it is at least a cent and a whole number of cents. */
export function requirePrice(price: number): void {
  if (price < 0.01 || toCents(price) / 100 !== price) {
    util.error(`"price" must be at least 0.01 with at most two decimals, got ${price}`, 'BadRequest');
  }
}

export function linePrice(unitPrice: number, quantity: number): number {
  return (toCents(unitPrice) * quantity) / 100;
}

/** @param linePrices what each line costs; none: everything is 0 */
export function totalsOf(linePrices: number[]): Totals {
  const subtotal = linePrices.reduce((sum, price) => sum + toCents(price), 0);
  const tax = Math.round((subtotal * TAX_PERCENT) / 100);
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM_CENTS ? 0 : SHIPPING_CENTS;
  return { subtotal: subtotal / 100, tax: tax / 100, shipping: shipping / 100, total: (subtotal + tax + shipping) / 100 };
}

function toCents(dollars: number): number {
  return Math.round(dollars * 100);
}
