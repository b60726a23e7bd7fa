/** The wished-for products in one request. */
export { request, response } from '../Query.getMyWishlist/2-fetchProducts';
