/** The new product, which has to exist, and those on the wishlist: one request for all. */
export { request, response } from '../Mutation.addToCart/2-fetchProducts';
