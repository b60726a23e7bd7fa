// Generated from the GraphQL schema by `appsync-local codegen`. Do not edit: change the schema and run it again.
/* eslint-disable */

import type { Context } from '@aws-appsync/utils';

export interface Query {
  __typename?: 'Query';
  /** One product; null when there is none. */
  getProduct?: Product | null;
  /**
   * The catalogue, or the products that stand directly in one category, by name unless `sortBy` says otherwise.
   * A page looks at `limit` products (1 to 100, default 20); outside PRICE order a price range is applied to those, so a page
   * may hold fewer. Ask again with `nextToken`, and otherwise the same arguments, until it is null.
   */
  listProducts: ProductConnection;
  /**
   * Products whose name or description has every word of `query` (1 to 5 words, in any case; a slip in a longer word is forgiven), best matches
   * first, 20 to a page. A change of a product is found within seconds.
   */
  searchProducts: ProductSearchResults;
  /** One order, for its customer and for admins: null when there is none, Unauthorized when it is somebody else's. */
  getOrder?: Order | null;
  /** The caller's orders, newest first. A page looks at `limit` orders (1 to 100, default 20) and keeps those in `status`. */
  listMyOrders: OrderConnection;
  /** The categories directly under `parentId`, or the top of the tree when it is left out, by name. */
  listCategories: Array<Category>;
  /** The caller's wishlist. */
  getMyWishlist: Array<Product>;
  /** The caller's cart, at today's prices. */
  getMyCart: Cart;
}

/** Arguments of `Query.getProduct`. */
export interface QueryGetProductArgs {
  id: string;
}

/** Arguments of `Query.listProducts`. */
export interface QueryListProductsArgs {
  categoryId?: string | null;
  priceRange?: PriceRangeInput | null;
  sortBy?: ProductSortField | null;
  sortOrder?: SortOrder | null;
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.searchProducts`. */
export interface QuerySearchProductsArgs {
  query: string;
  filters?: ProductFiltersInput | null;
}

/** Arguments of `Query.getOrder`. */
export interface QueryGetOrderArgs {
  id: string;
}

/** Arguments of `Query.listMyOrders`. */
export interface QueryListMyOrdersArgs {
  status?: OrderStatus | null;
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.listCategories`. */
export interface QueryListCategoriesArgs {
  parentId?: string | null;
}

/**
 * Subscribers receive what the mutation that made the change selected, and nothing more. Each mutation below that has
 * subscribers says which fields to select for them.
 */
export interface Mutation {
  __typename?: 'Mutation';
  /** Adds a product. Subscribers of `onNewProduct` need `id` and, to be found by category, `category { id }` in the selection. */
  createProduct: Product;
  /** Changes what the input names. Price and stock have mutations of their own, so that their subscribers hear of every change. */
  updateProduct: Product;
  /** Sets the number in stock (0 or more). Subscribers of `onInventoryUpdate` need `id` and `inventory` in the selection. */
  updateInventory: Product;
  /** Sets the price. Subscribers of `onPriceChange` need `id` and `price` in the selection. */
  updateProductPrice: Product;
  /**
   * Places an order: prices come from the catalogue, and the stock of every item is reserved together with it, or nothing is.
   * OutOfStock names the product of which there are too few; Conflict means that others bought the same product at that moment: try again.
   */
  createOrder: Order;
  /**
   * Moves an order on; `cancelOrder` cancels it. CANCELLED and REFUNDED are final, and a DELIVERED order can only be REFUNDED.
   * Subscribers of `onOrderStatusChange` need `id`, `userId` and `status` in the selection: without `userId` nobody is notified.
   */
  updateOrderStatus: Order;
  /** Cancels an order that has not been shipped and gives its stock back. For its customer and for admins. */
  cancelOrder: Order;
  /** Adds `quantity` (1 to 999) to what the cart holds of the product. A cart holds up to 50 different products. */
  addToCart: Cart;
  /** Takes the product out of the cart; nothing happens when it is not in it. */
  removeFromCart: Cart;
  /** Adds the product to the wishlist, which holds up to 100. */
  addToWishlist: Array<Product>;
  /** Takes the product off the wishlist; nothing happens when it is not on it. */
  removeFromWishlist: Array<Product>;
  /** Reviews a product. A customer has one review per product: a second one is a Conflict. */
  createProductReview: ProductReview;
  /** Changes what the input names. Only the author may. */
  updateProductReview: ProductReview;
}

/** Arguments of `Mutation.createProduct`. */
export interface MutationCreateProductArgs {
  input: CreateProductInput;
}

/** Arguments of `Mutation.updateProduct`. */
export interface MutationUpdateProductArgs {
  id: string;
  input: UpdateProductInput;
}

/** Arguments of `Mutation.updateInventory`. */
export interface MutationUpdateInventoryArgs {
  productId: string;
  quantity: number;
}

/** Arguments of `Mutation.updateProductPrice`. */
export interface MutationUpdateProductPriceArgs {
  productId: string;
  price: number;
}

/** Arguments of `Mutation.createOrder`. */
export interface MutationCreateOrderArgs {
  input: CreateOrderInput;
}

/** Arguments of `Mutation.updateOrderStatus`. */
export interface MutationUpdateOrderStatusArgs {
  orderId: string;
  status: OrderStatus;
}

/** Arguments of `Mutation.cancelOrder`. */
export interface MutationCancelOrderArgs {
  orderId: string;
}

/** Arguments of `Mutation.addToCart`. */
export interface MutationAddToCartArgs {
  productId: string;
  quantity: number;
}

/** Arguments of `Mutation.removeFromCart`. */
export interface MutationRemoveFromCartArgs {
  productId: string;
}

/** Arguments of `Mutation.addToWishlist`. */
export interface MutationAddToWishlistArgs {
  productId: string;
}

/** Arguments of `Mutation.removeFromWishlist`. */
export interface MutationRemoveFromWishlistArgs {
  productId: string;
}

/** Arguments of `Mutation.createProductReview`. */
export interface MutationCreateProductReviewArgs {
  input: CreateReviewInput;
}

/** Arguments of `Mutation.updateProductReview`. */
export interface MutationUpdateProductReviewArgs {
  reviewId: string;
  input: UpdateReviewInput;
}

/**
 * Live updates. The arguments are filters which the stack declares, because AppSync on its own compares an argument only with
 * a field of the same name. An argument that is left out filters nothing. A filter reads the mutation's selected fields.
 */
export interface Subscription {
  __typename?: 'Subscription';
  /** Stock of one product (`id` equals `productId`), or of all. */
  onInventoryUpdate?: Product | null;
  /** Status of the orders of one customer (`userId`), who has to be the caller unless the caller is an admin. */
  onOrderStatusChange?: Order | null;
  /** New products of one category (`category.id` equals `categoryId`), or of all. */
  onNewProduct?: Product | null;
  /** Prices of some products (`id` is one of `productIds`, at most 5), or of all. */
  onPriceChange?: Product | null;
}

/** Arguments of `Subscription.onInventoryUpdate`. */
export interface SubscriptionOnInventoryUpdateArgs {
  productId?: string | null;
}

/** Arguments of `Subscription.onOrderStatusChange`. */
export interface SubscriptionOnOrderStatusChangeArgs {
  userId: string;
}

/** Arguments of `Subscription.onNewProduct`. */
export interface SubscriptionOnNewProductArgs {
  categoryId?: string | null;
}

/** Arguments of `Subscription.onPriceChange`. */
export interface SubscriptionOnPriceChangeArgs {
  productIds?: Array<string> | null;
}

export interface Product {
  __typename?: 'Product';
  id: string;
  name: string;
  description?: string | null;
  price: number;
  /** How many can be ordered now. */
  inventory: number;
  category: Category;
  images?: Array<string> | null;
  /** Null until somebody has reviewed the product. */
  ratings?: ProductRatings | null;
  createdAt: string;
  updatedAt: string;
}

export interface Category {
  __typename?: 'Category';
  id: string;
  name: string;
  /** Null at the top of the tree. */
  parent?: Category | null;
  children: Array<Category>;
}

export interface ProductRatings {
  __typename?: 'ProductRatings';
  /** Mean number of stars, to two decimals. */
  average: number;
  count: number;
  distribution: RatingDistribution;
}

export interface RatingDistribution {
  __typename?: 'RatingDistribution';
  oneStar: number;
  twoStar: number;
  threeStar: number;
  fourStar: number;
  fiveStar: number;
}

/** One page of products. */
export interface ProductConnection {
  __typename?: 'ProductConnection';
  items: Array<Product>;
  /** Null on the last page. */
  nextToken?: string | null;
}

/** One page of matches, and what is known of all of them. */
export interface ProductSearchResults {
  __typename?: 'ProductSearchResults';
  items: Array<Product>;
  /** For `filters.nextToken` of the next search; null on the last page. */
  nextToken?: string | null;
  /** Matches on all pages. */
  total: number;
  facets: SearchFacets;
}

/** How the matches of all pages spread. */
export interface SearchFacets {
  __typename?: 'SearchFacets';
  /** Most matches first. */
  categories: Array<CategoryFacet>;
  prices: Array<PriceFacet>;
}

export interface CategoryFacet {
  __typename?: 'CategoryFacet';
  categoryId: string;
  count: number;
}

export interface PriceFacet {
  __typename?: 'PriceFacet';
  /** Least price, included; null for no limit. */
  from?: number | null;
  /** Price below which the range ends; null for no limit. */
  to?: number | null;
  count: number;
}

export interface Order {
  __typename?: 'Order';
  id: string;
  /** The customer's `sub` in the user pool. */
  userId: string;
  items: Array<OrderItem>;
  subtotal: number;
  /** 8 % of the subtotal. */
  tax: number;
  /** Free from a subtotal of 50.00. */
  shipping: number;
  total: number;
  status: OrderStatus;
  shippingAddress: Address;
  billingAddress: Address;
  paymentMethod: PaymentMethod;
  createdAt: string;
  updatedAt: string;
  estimatedDelivery?: string | null;
  trackingNumber?: string | null;
}

export interface OrderItem {
  __typename?: 'OrderItem';
  productId: string;
  /** The product as it is today; the prices beside it are those of the order. */
  product: Product;
  quantity: number;
  unitPrice: number;
  totalPrice: number;
}

export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'PROCESSING' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED';

export interface Address {
  __typename?: 'Address';
  street1: string;
  street2?: string | null;
  city: string;
  state: string;
  zipCode: string;
  country: string;
}

export interface PaymentMethod {
  __typename?: 'PaymentMethod';
  type: PaymentType;
  lastFour?: string | null;
  expiryMonth?: number | null;
  expiryYear?: number | null;
}

export type PaymentType = 'CREDIT_CARD' | 'DEBIT_CARD' | 'PAYPAL' | 'APPLE_PAY' | 'GOOGLE_PAY';

/** One page of orders. */
export interface OrderConnection {
  __typename?: 'OrderConnection';
  items: Array<Order>;
  /** Null on the last page. */
  nextToken?: string | null;
}

/** What an order of these items would cost now. */
export interface Cart {
  __typename?: 'Cart';
  items: Array<CartItem>;
  /** How many pieces, all items together. */
  itemCount: number;
  subtotal: number;
  tax: number;
  shipping: number;
  total: number;
}

export interface CartItem {
  __typename?: 'CartItem';
  productId: string;
  product: Product;
  quantity: number;
  unitPrice: number;
  totalPrice: number;
  addedAt: string;
}

export interface ProductReview {
  __typename?: 'ProductReview';
  id: string;
  productId: string;
  /** The author's `sub` in the user pool. */
  userId: string;
  rating: number;
  title?: string | null;
  comment?: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ProductSortField = 'NAME' | 'PRICE' | 'CREATED_AT';

/** ASC unless given. */
export type SortOrder = 'ASC' | 'DESC';

/** Both ends are included; one left out is open. */
export interface PriceRangeInput {
  min?: number | null;
  max?: number | null;
}

export interface ProductFiltersInput {
  categoryId?: string | null;
  priceRange?: PriceRangeInput | null;
  /** Only products that can be ordered now. */
  inStock?: boolean | null;
  /** From the results so far, with everything else the same. */
  nextToken?: string | null;
}

export interface CreateProductInput {
  name: string;
  description?: string | null;
  /** At least 0.01, with at most two decimals. */
  price: number;
  /** 0 or more. */
  inventory: number;
  categoryId: string;
  images?: Array<string> | null;
}

/** What is left out stays; null removes a description or the images. */
export interface UpdateProductInput {
  name?: string | null;
  description?: string | null;
  categoryId?: string | null;
  images?: Array<string> | null;
}

export interface CreateOrderInput {
  /** 1 to 50 different products; entries for one product are added up. */
  items: Array<OrderItemInput>;
  shippingAddress: AddressInput;
  /** The shipping address unless given. */
  billingAddress?: AddressInput | null;
  paymentMethod: PaymentMethodInput;
}

export interface OrderItemInput {
  productId: string;
  /** 1 to 999. */
  quantity: number;
}

export interface AddressInput {
  street1: string;
  street2?: string | null;
  city: string;
  state: string;
  zipCode: string;
  country: string;
}

/** Never a whole card number: the payment provider keeps that. */
export interface PaymentMethodInput {
  type: PaymentType;
  /** Four digits. */
  lastFour?: string | null;
  /** 1 to 12. */
  expiryMonth?: number | null;
  expiryYear?: number | null;
}

export interface CreateReviewInput {
  productId: string;
  /** 1 to 5 stars. */
  rating: number;
  title?: string | null;
  comment?: string | null;
}

/** What is left out stays; null removes a title or a comment. */
export interface UpdateReviewInput {
  /** 1 to 5 stars. */
  rating?: number | null;
  title?: string | null;
  comment?: string | null;
}

/** Context in a resolver of `Query.getProduct`. */
export type QueryGetProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetProductArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getProduct` gives. */
export type QueryGetProductResult = Product | null;

/** Context in a resolver of `Query.listProducts`. */
export type QueryListProductsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListProductsArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listProducts` gives. */
export type QueryListProductsResult = ProductConnection;

/** Context in a resolver of `Query.searchProducts`. */
export type QuerySearchProductsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QuerySearchProductsArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.searchProducts` gives. */
export type QuerySearchProductsResult = ProductSearchResults;

/** Context in a resolver of `Query.getOrder`. */
export type QueryGetOrderContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetOrderArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getOrder` gives. */
export type QueryGetOrderResult = Order | null;

/** Context in a resolver of `Query.listMyOrders`. */
export type QueryListMyOrdersContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListMyOrdersArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listMyOrders` gives. */
export type QueryListMyOrdersResult = OrderConnection;

/** Context in a resolver of `Query.listCategories`. */
export type QueryListCategoriesContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListCategoriesArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listCategories` gives. */
export type QueryListCategoriesResult = Array<Category>;

/** Context in a resolver of `Query.getMyWishlist`. */
export type QueryGetMyWishlistContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<unknown, TStash, TPrev, undefined, TResult>;
/** What `Query.getMyWishlist` gives. */
export type QueryGetMyWishlistResult = Array<Product>;

/** Context in a resolver of `Query.getMyCart`. */
export type QueryGetMyCartContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<unknown, TStash, TPrev, undefined, TResult>;
/** What `Query.getMyCart` gives. */
export type QueryGetMyCartResult = Cart;

/** Context in a resolver of `Mutation.createProduct`. */
export type MutationCreateProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationCreateProductArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.createProduct` gives. */
export type MutationCreateProductResult = Product;

/** Context in a resolver of `Mutation.updateProduct`. */
export type MutationUpdateProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateProductArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateProduct` gives. */
export type MutationUpdateProductResult = Product;

/** Context in a resolver of `Mutation.updateInventory`. */
export type MutationUpdateInventoryContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateInventoryArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateInventory` gives. */
export type MutationUpdateInventoryResult = Product;

/** Context in a resolver of `Mutation.updateProductPrice`. */
export type MutationUpdateProductPriceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateProductPriceArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateProductPrice` gives. */
export type MutationUpdateProductPriceResult = Product;

/** Context in a resolver of `Mutation.createOrder`. */
export type MutationCreateOrderContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationCreateOrderArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.createOrder` gives. */
export type MutationCreateOrderResult = Order;

/** Context in a resolver of `Mutation.updateOrderStatus`. */
export type MutationUpdateOrderStatusContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateOrderStatusArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateOrderStatus` gives. */
export type MutationUpdateOrderStatusResult = Order;

/** Context in a resolver of `Mutation.cancelOrder`. */
export type MutationCancelOrderContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationCancelOrderArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.cancelOrder` gives. */
export type MutationCancelOrderResult = Order;

/** Context in a resolver of `Mutation.addToCart`. */
export type MutationAddToCartContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationAddToCartArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.addToCart` gives. */
export type MutationAddToCartResult = Cart;

/** Context in a resolver of `Mutation.removeFromCart`. */
export type MutationRemoveFromCartContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationRemoveFromCartArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.removeFromCart` gives. */
export type MutationRemoveFromCartResult = Cart;

/** Context in a resolver of `Mutation.addToWishlist`. */
export type MutationAddToWishlistContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationAddToWishlistArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.addToWishlist` gives. */
export type MutationAddToWishlistResult = Array<Product>;

/** Context in a resolver of `Mutation.removeFromWishlist`. */
export type MutationRemoveFromWishlistContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationRemoveFromWishlistArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.removeFromWishlist` gives. */
export type MutationRemoveFromWishlistResult = Array<Product>;

/** Context in a resolver of `Mutation.createProductReview`. */
export type MutationCreateProductReviewContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationCreateProductReviewArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.createProductReview` gives. */
export type MutationCreateProductReviewResult = ProductReview;

/** Context in a resolver of `Mutation.updateProductReview`. */
export type MutationUpdateProductReviewContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateProductReviewArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateProductReview` gives. */
export type MutationUpdateProductReviewResult = ProductReview;

/** Context in a resolver of `Subscription.onInventoryUpdate`. */
export type SubscriptionOnInventoryUpdateContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnInventoryUpdateArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onInventoryUpdate` gives. */
export type SubscriptionOnInventoryUpdateResult = Product | null;

/** Context in a resolver of `Subscription.onOrderStatusChange`. */
export type SubscriptionOnOrderStatusChangeContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnOrderStatusChangeArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onOrderStatusChange` gives. */
export type SubscriptionOnOrderStatusChangeResult = Order | null;

/** Context in a resolver of `Subscription.onNewProduct`. */
export type SubscriptionOnNewProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnNewProductArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onNewProduct` gives. */
export type SubscriptionOnNewProductResult = Product | null;

/** Context in a resolver of `Subscription.onPriceChange`. */
export type SubscriptionOnPriceChangeContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnPriceChangeArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onPriceChange` gives. */
export type SubscriptionOnPriceChangeResult = Product | null;

/** Context in a resolver of `Product.category`. */
export type ProductCategoryContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Product> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Product.category` gives. */
export type ProductCategoryResult = Category;

/** Context in a resolver of `Product.ratings`. */
export type ProductRatingsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Product> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Product.ratings` gives. */
export type ProductRatingsResult = ProductRatings | null;

/** Context in a resolver of `Category.parent`. */
export type CategoryParentContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Category> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Category.parent` gives. */
export type CategoryParentResult = Category | null;

/** Context in a resolver of `Category.children`. */
export type CategoryChildrenContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Category> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Category.children` gives. */
export type CategoryChildrenResult = Array<Category>;

/** Context in a resolver of `ProductRatings.distribution`. */
export type ProductRatingsDistributionContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ProductRatings> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ProductRatings.distribution` gives. */
export type ProductRatingsDistributionResult = RatingDistribution;

/** Context in a resolver of `ProductConnection.items`. */
export type ProductConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ProductConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ProductConnection.items` gives. */
export type ProductConnectionItemsResult = Array<Product>;

/** Context in a resolver of `ProductSearchResults.items`. */
export type ProductSearchResultsItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ProductSearchResults> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ProductSearchResults.items` gives. */
export type ProductSearchResultsItemsResult = Array<Product>;

/** Context in a resolver of `ProductSearchResults.facets`. */
export type ProductSearchResultsFacetsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ProductSearchResults> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ProductSearchResults.facets` gives. */
export type ProductSearchResultsFacetsResult = SearchFacets;

/** Context in a resolver of `SearchFacets.categories`. */
export type SearchFacetsCategoriesContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = SearchFacets> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `SearchFacets.categories` gives. */
export type SearchFacetsCategoriesResult = Array<CategoryFacet>;

/** Context in a resolver of `SearchFacets.prices`. */
export type SearchFacetsPricesContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = SearchFacets> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `SearchFacets.prices` gives. */
export type SearchFacetsPricesResult = Array<PriceFacet>;

/** Context in a resolver of `Order.items`. */
export type OrderItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Order> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Order.items` gives. */
export type OrderItemsResult = Array<OrderItem>;

/** Context in a resolver of `Order.shippingAddress`. */
export type OrderShippingAddressContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Order> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Order.shippingAddress` gives. */
export type OrderShippingAddressResult = Address;

/** Context in a resolver of `Order.billingAddress`. */
export type OrderBillingAddressContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Order> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Order.billingAddress` gives. */
export type OrderBillingAddressResult = Address;

/** Context in a resolver of `Order.paymentMethod`. */
export type OrderPaymentMethodContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Order> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Order.paymentMethod` gives. */
export type OrderPaymentMethodResult = PaymentMethod;

/** Context in a resolver of `OrderItem.product`. */
export type OrderItemProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = OrderItem> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `OrderItem.product` gives. */
export type OrderItemProductResult = Product;

/** Context in a resolver of `OrderConnection.items`. */
export type OrderConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = OrderConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `OrderConnection.items` gives. */
export type OrderConnectionItemsResult = Array<Order>;

/** Context in a resolver of `Cart.items`. */
export type CartItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Cart> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Cart.items` gives. */
export type CartItemsResult = Array<CartItem>;

/** Context in a resolver of `CartItem.product`. */
export type CartItemProductContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = CartItem> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `CartItem.product` gives. */
export type CartItemProductResult = Product;
