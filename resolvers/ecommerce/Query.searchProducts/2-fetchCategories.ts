/** The categories of all matches in one request, if they are selected. */
export { request, response } from '../Query.listProducts/2-fetchCategories';
