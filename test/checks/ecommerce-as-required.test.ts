/** The schema of the requirements' first example as it was handed over: its defects, each at its line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkApi, checkSources } from '../../lib/checks';
import type { Diagnostic } from '../../lib/diagnostics';
import { apiModel, resolver } from './fixtures';
import { apiKey, iam, userPool } from './rules/schema-harness';

const path = join(__dirname, '..', 'fixtures', 'schemas', 'ecommerce-as-required.graphql');
const text = readFileSync(path, 'utf8');
const lines = text.split('\n');

const unknownTypes = [
  ['priceRange: PriceRangeInput', 'PriceRangeInput'],
  ['sortBy: ProductSortField', 'ProductSortField'],
  ['sortOrder: SortOrder', 'SortOrder'],
  ['): ProductConnection!', 'ProductConnection'],
  ['searchProducts(', 'ProductFiltersInput'],
  ['searchProducts(', 'ProductSearchResults'],
  ['listMyOrders(', 'OrderConnection'],
  ['getMyCart:', 'Cart'],
  ['createProduct(', 'CreateProductInput'],
  ['updateProduct(', 'UpdateProductInput'],
  ['createOrder(', 'CreateOrderInput'],
  ['addToCart(', 'Cart'],
  ['removeFromCart(', 'Cart'],
  ['createProductReview(', 'CreateReviewInput'],
  ['createProductReview(', 'ProductReview'],
  ['updateProductReview(', 'UpdateReviewInput'],
  ['updateProductReview(', 'ProductReview'],
].map(([line = '', type]) => `${lineOf(line)} SDL_UNKNOWN_TYPE unknown type "${type}"`);

const unreadable = [
  `${lineOf('type Product ')} API_AUTH_UNREADABLE members of "warehouse" cannot read "Product", which they reach by Mutation.updateInventory → Product`,
  `${lineOf('type Order ')} API_AUTH_UNREADABLE members of "fulfillment" cannot read "Order", which they reach by Mutation.updateOrderStatus → Order`,
];

function deadArguments(condition: string): string[] {
  return [
    ['onInventoryUpdate', 'productId'],
    ['onNewProduct', 'categoryId'],
    ['onPriceChange', 'productIds'],
  ].map(([field, argument]) => `${lineOf(`${field}(`)} API_SUBSCRIPTION_ARGUMENT argument "${argument}" of Subscription.${field} can never match${condition}: "Product" has no field "${argument}"`);
}

function lineOf(start: string): number {
  return lines.findIndex((line) => line.trim().startsWith(start)) + 1;
}

function described(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, location, message }) => `${location?.line} ${code} ${message}`);
}

it('is the schema whose lines are known', () => {
  expect(lines.slice(0, 2)).toEqual(['# Complete e-commerce schema with real-time capabilities', 'type Product @aws_cognito_user_pools(cognito_groups: ["customers", "admins"]) {']);
  expect([lineOf('priceRange: PriceRangeInput'), lineOf('onPriceChange('), lineOf('updateProductReview(')]).toEqual([113, 104, 158]);
});

it('gives every defect with the API that the example asks for', () => {
  const rootFields = ['Query.getProduct', 'Mutation.updateInventory'];
  const api = apiModel({ schema: [{ path, text }], authorization: [userPool, iam, apiKey], resolvers: rootFields.map((field) => resolver(field)) });

  expect(described(checkApi(api)).sort()).toEqual([...unknownTypes, ...unreadable, ...deadArguments('')].sort());
});

it('gives the same for the bare file, with the doubt that a resolver may set a filter', () => {
  expect(described(checkSources([path])).sort()).toEqual([...unknownTypes, ...unreadable, ...deadArguments(' unless a resolver sets a filter')].sort());
});
