/** The products of the cart in one request, and what they add up to. */
export { request, response } from '../Query.getMyCart/2-fetchProducts';
