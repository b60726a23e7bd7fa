/** Puts products into the lines of an order. */
import { foundIn } from './batch';
import type { OrderLine, ProductItem } from './table-items';

/** `product` is absent while nobody has looked for it, and null when it is gone. */
export type LineWithProduct = OrderLine & { product?: ProductItem | null };

export function withProducts(lines: OrderLine[], products: Record<string, ProductItem>): LineWithProduct[] {
  return lines.map((line) => ({ ...line, product: foundIn(products, line.productId) }));
}
