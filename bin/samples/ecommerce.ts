/** An online shop with live stock, prices and order tracking. Schema: schema/ecommerce.graphql, code: resolvers/ecommerce. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { Authorization, Caching, DynamoTableSource, EnterpriseGraphqlApi, Filter, NoneSource, RealtimeSubscriptions } from '../../lib';

export class EcommerceStack extends Stack {
  readonly api: EnterpriseGraphqlApi;

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
    this.api = api;

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
    const reviews = new DynamoTableSource(api, 'Reviews', { partitionKey: 'id', indexes: { byProduct: { partitionKey: 'productId', sortKey: 'createdAt' } } });
    const customerItems = new DynamoTableSource(api, 'CustomerItems', { partitionKey: 'userId', sortKey: 'itemKey' });
    const computed = new NoneSource(api, 'Computed');
    void [orders, reviews, customerItems, computed, products, categories];

    new RealtimeSubscriptions(api, 'Live', {
      onInventoryUpdate: Filter.field('id').equalsArgument('productId'),
      onNewProduct: Filter.field('category.id').equalsArgument('categoryId'),
      onPriceChange: Filter.field('id').inArgument('productIds'),
      onOrderStatusChange: Filter.all(
        Filter.field('userId').equalsArgument('userId'),
        Filter.field('userId').equalsIdentity('sub', { exceptGroups: ['admins'] }),
      ),
    });
  }
}
