/** Fetches the categories of a page of products in one request, so that `Product.category` has nothing left to fetch. */
import { type Context, runtime } from '@aws-appsync/utils';
import { byIds, distinct, foundById, foundIn, LARGEST_BATCH } from './batch';
import type { CategoryItem, ProductItem } from './table-items';

export type ProductWithCategory = ProductItem & { category?: CategoryItem };

/** Passes the step over when the caller did not select the categories. @param path where they are in the selection: `items/category` */
export function fetchCategories(ctx: Context, products: ProductItem[], path: string) {
  const ids = distinct(products.map((product) => product.categoryId)).slice(0, LARGEST_BATCH);
  if (ids.length === 0 || !ctx.info.selectionSetList.includes(path)) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return byIds(ctx.env.CATEGORIES_TABLE!, ids);
}

/** A product whose category was not in the batch is left to `Product.category`. */
export function withCategories(ctx: Context, products: ProductItem[]): ProductWithCategory[] {
  const found = foundById<CategoryItem>(ctx, ctx.env.CATEGORIES_TABLE!);
  return products.map((product) => {
    const category = foundIn(found, product.categoryId);
    return category ? { ...product, category } : product;
  });
}
