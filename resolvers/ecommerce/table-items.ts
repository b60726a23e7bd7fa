/** What the shop's tables hold. Type aliases, because the helpers of `@aws-appsync/utils/dynamodb` infer nothing from interfaces. */
import type { Address, OrderStatus, PaymentMethod } from './schema-types';

export type ProductItem = {
  id: string;
  name: string;
  /** Lower case, for sorting. */
  nameLower: string;
  description?: string | null;
  price: number;
  inventory: number;
  categoryId: string;
  /** Partition key of the indexes over the whole catalogue. */
  listing: 'ALL';
  images?: string[] | null;
  /** How many reviews gave one star, two stars, … */
  stars1: number;
  stars2: number;
  stars3: number;
  stars4: number;
  stars5: number;
  createdAt: string;
  updatedAt: string;
};

export type CategoryItem = {
  id: string;
  name: string;
  /** `ROOT` at the top of the tree: an index holds no item without its partition key. */
  parentId: string;
};

export type OrderLine = {
  productId: string;
  quantity: number;
  unitPrice: number;
  totalPrice: number;
};

export type OrderItem = {
  id: string;
  userId: string;
  items: OrderLine[];
  subtotal: number;
  tax: number;
  shipping: number;
  total: number;
  status: OrderStatus;
  shippingAddress: Address;
  billingAddress: Address;
  paymentMethod: PaymentMethod;
  createdAt: string;
  updatedAt: string;
  estimatedDelivery: string;
};

export type ReviewItem = {
  /** `<productId>:<userId>`, so that there is one per customer and product. */
  id: string;
  productId: string;
  userId: string;
  rating: number;
  title: string | null;
  comment: string | null;
  createdAt: string;
  updatedAt: string;
};

export type CustomerItem = {
  userId: string;
  /** `CART#<productId>` or `WISH#<productId>`. */
  itemKey: string;
  productId: string;
  /** In carts only. */
  quantity?: number;
  addedAt: string;
};
