/** What is left on the wishlist. */
export { request, response } from '../Query.getMyWishlist/1-readWishlist';
