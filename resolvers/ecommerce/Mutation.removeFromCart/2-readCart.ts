/** What is left in the cart. */
export { request, response } from '../Query.getMyCart/1-readCart';
