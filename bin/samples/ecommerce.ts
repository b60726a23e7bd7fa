/** An online shop with live stock, prices and order tracking. Schema: schema/ecommerce.graphql, code: resolvers/ecommerce. */
import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { Authorization, Caching, DynamoTableSource, EnterpriseGraphqlApi, Filter, NoneSource, OpenSearchSource, RealtimeSubscriptions } from '../../lib';

export class EcommerceStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const users = new cognito.UserPool(this, 'Users', {
      signInAliases: { email: true },
      passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
    });
    users.addClient('Web', { authFlows: { userSrp: true } });
    for (const groupName of ['customers', 'admins', 'warehouse', 'fulfillment']) users.addGroup(groupName, { groupName });

    const api = new EnterpriseGraphqlApi(this, 'Shop', {
      schema: 'schema/ecommerce.graphql',
      resolvers: 'resolvers/ecommerce',
      defaultAuthorization: Authorization.userPool(users),
      additionalAuthorization: [Authorization.apiKey({ expires: '2027-10-01' }), Authorization.iam()],
      caching: Caching.perResolver({ ttl: Duration.minutes(5) }),
    });

    Validations.of(this).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'threat protection is billed per user; a shop that opens should choose the Plus plan' },
      { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'customers choose whether to use a second factor' },
      { id: 'AwsSolutions::AwsSolutions-OS1', reason: 'AppSync reaches public endpoints only; every request has to be signed by a role with permission' },
      { id: 'AwsSolutions::AwsSolutions-OS3', reason: 'AppSync has no fixed addresses' },
      { id: 'AwsSolutions::AwsSolutions-OS5', reason: 'the domain has no access policy at all, so only roles whose own policies allow it get in' },
      { id: 'AwsSolutions::AwsSolutions-OS4', reason: 'the index can be made again from its table; a shop that opens should choose its "capacity"' },
      { id: 'AwsSolutions::AwsSolutions-OS7', reason: 'the index can be made again from its table; a shop that opens should choose its "capacity"' },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::<ShopSearchDomain4BC65728.Arn>/products/_doc/*]', reason: 'documents are read by their id' },
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'it is the queue for what failed' },
      { id: 'AwsSolutions::AwsSolutions-ASC3', reason: 'verbose request logs hold addresses and tokens; errors of fields are logged' },
    );

    const products = new DynamoTableSource(api, 'Products', {
      partitionKey: 'id',
      keyTypes: { price: AttributeType.NUMBER },
      indexes: {
        byName: { partitionKey: 'listing', sortKey: 'nameLower' },
        byPrice: { partitionKey: 'listing', sortKey: 'price' },
        byCreatedAt: { partitionKey: 'listing', sortKey: 'createdAt' },
        byCategoryAndName: { partitionKey: 'categoryId', sortKey: 'nameLower' },
        byCategoryAndPrice: { partitionKey: 'categoryId', sortKey: 'price' },
        byCategoryAndCreatedAt: { partitionKey: 'categoryId', sortKey: 'createdAt' },
      },
    });
    const categories = new DynamoTableSource(api, 'Categories', { partitionKey: 'id', indexes: { byParent: { partitionKey: 'parentId', sortKey: 'name' } } });
    const orders = new DynamoTableSource(api, 'Orders', { partitionKey: 'id', indexes: { byUser: { partitionKey: 'userId', sortKey: 'createdAt' } } });
    const reviews = new DynamoTableSource(api, 'Reviews', { partitionKey: 'id' });
    const search = new OpenSearchSource(api, 'Search', { index: { products } });
    const customerItems = new DynamoTableSource(api, 'CustomerItems', { partitionKey: 'userId', sortKey: 'itemKey' });

    // Catalogue. Categories hardly ever change, and everybody may see them: they are cached without the identity in the key.
    for (const field of ['Query.getProduct', 'Mutation.updateInventory', 'Mutation.updateProductPrice']) products.resolve(field);
    api.pipeline('Query.listProducts', [products, categories]);
    api.pipeline('Query.searchProducts', [search, categories]);
    api.pipeline('Query.listCategories', [categories, categories], { cacheKeys: ['$context.arguments.parentId'] });
    api.pipeline('Mutation.createProduct', [categories, products]);
    api.pipeline('Mutation.updateProduct', [categories, products]);
    categories.resolve('Product.category', { cacheKeys: ['$context.source.categoryId'] });
    for (const field of ['Category.parent', 'Category.children']) categories.resolve(field);
    new NoneSource(api, 'Computed').resolve('Product.ratings');

    // Orders.
    api.pipeline('Mutation.createOrder', [products, orders]);
    api.pipeline('Mutation.cancelOrder', [orders, orders]);
    for (const field of ['Query.getOrder', 'Mutation.updateOrderStatus']) orders.resolve(field);
    api.pipeline('Query.listMyOrders', [orders, products]);
    for (const field of ['Order.items', 'OrderItem.product']) products.resolve(field);

    // What belongs to one customer.
    api.pipeline('Query.getMyCart', [customerItems, products, categories]);
    api.pipeline('Mutation.addToCart', [customerItems, products, customerItems]);
    api.pipeline('Mutation.removeFromCart', [customerItems, customerItems, products]);
    api.pipeline('Query.getMyWishlist', [customerItems, products, categories]);
    api.pipeline('Mutation.addToWishlist', [customerItems, products, customerItems]);
    api.pipeline('Mutation.removeFromWishlist', [customerItems, customerItems, products]);
    reviews.resolve('Mutation.createProductReview');
    api.pipeline('Mutation.updateProductReview', [reviews, reviews]);

    new RealtimeSubscriptions(api, 'Live', {
      onInventoryUpdate: Filter.field('id').equalsArgument('productId'),
      onNewProduct: Filter.field('category.id').equalsArgument('categoryId'),
      onPriceChange: Filter.field('id').inArgument('productIds'),
      onOrderStatusChange: Filter.all(Filter.field('userId').equalsArgument('userId'), Filter.field('userId').equalsIdentity('sub', { exceptGroups: ['admins'] })),
    });
  }
}
