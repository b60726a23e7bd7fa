/** SDL that AppSync refuses, or reads otherwise than its author. */
import { apiTemplate, direct, lambdaSource, type MutantGroup } from './mutant';

const sdl = `type Query {
  getOrder(id: ID!): Order
  listOrders(filter: OrderFilter, limit: Int = 10): [Order!]
  node(id: ID!): Node
}

type Mutation {
  createOrder(input: OrderInput!): Order
  cancelOrder(id: ID!): Order
}

type Subscription {
  onOrder(id: ID): Order @aws_subscribe(mutations: ["createOrder", "cancelOrder"])
  onCancel: Order @aws_subscribe(mutations: ["cancelOrder"])
}

interface Node {
  id: ID!
}

type Order implements Node {
  id: ID!
  status: Status!
  total: Float
  note: String @deprecated(reason: "use remarks")
  placedAt: AWSDateTime
  items(first: Int): [Item!]
  payment: Payment
}

type Item {
  sku: String! @aws_api_key
  count: Int
}

union Payment = Card | Invoice

type Card {
  holder: String
}

type Invoice {
  due: AWSDate
}

enum Status {
  PLACED
  SHIPPED
}

input OrderInput {
  sku: String!
  count: Int = 1
  status: Status = PLACED
  ship: Address
}

input Address {
  city: String!
}

input OrderFilter {
  status: Status
}
`;

const base = apiTemplate(sdl, {
  LambdaSource: lambdaSource,
  GetOrder: direct('Query.getOrder'),
  ListOrders: direct('Query.listOrders'),
  Node: direct('Query.node'),
  CreateOrder: direct('Mutation.createOrder'),
  CancelOrder: direct('Mutation.cancelOrder'),
});

const megabyte = 1024 * 1024;
/** As a comment, which counts: the schema is uploaded as it is written. */
const padded = (bytes: number) => `#${'x'.repeat(bytes - sdl.length - 2)}\n${sdl}`;
/** In a file, because it would not fit into a template. */
const uploaded = (file: string) => ({ 'Schema.Properties.Definition': undefined, 'Schema.Properties.DefinitionS3Location': file });

export const schemaMutants: readonly MutantGroup[] = [
  {
    area: 'schema',
    base,
    files: { 'large.graphql': padded(megabyte + 1), 'largest.graphql': padded(megabyte) },
    text: 'Schema.Properties.Definition',
    mutants: [
      { name: 'Failed to parse schema document: a brace is not closed', code: 'SDL_SYNTAX', change: ['  holder: String\n}', '  holder: String\n'], line: 'type Invoice' },
      { name: 'Failed to parse schema document: a field without a colon', code: 'SDL_SYNTAX', change: ['total: Float', 'total Float'] },
      { name: 'Failed to parse schema document: a field without a type', code: 'SDL_SYNTAX', change: ['  count: Int\n}', '  count:\n}'], line: '}\n\nunion' },
      { name: 'Failed to parse schema document: a list is not closed', code: 'SDL_SYNTAX', change: ['[Item!]', '[Item!'], line: 'payment:' },
      { name: 'Failed to parse schema document: "implements" without a name', code: 'SDL_SYNTAX', change: ['implements Node {', 'implements {'] },
      { name: 'Failed to parse schema document: an interface that implements with a string', code: 'SDL_SYNTAX', change: ['"use remarks"', "'use remarks'"] },
      { name: 'Failed to parse schema document: an interface implements an interface', code: 'SDL_INTERFACE_IMPLEMENTS', change: ['interface Node {\n  id: ID!\n}', 'interface Node {\n  id: ID!\n}\n\ninterface Paid implements Node {\n  id: ID!\n}'], line: 'interface Paid' },
      { name: 'Failed to parse schema document: an operation among the definitions', code: 'SDL_INVALID', change: ['input Address', 'query All { listOrders { id } }\n\ninput Address'] },
      { name: 'Failed to parse schema document: a fragment among the definitions', code: 'SDL_INVALID', change: ['input Address', 'fragment Short on Order { id }\n\ninput Address'] },
      { name: 'Type "Date" not found in document', code: 'SDL_UNKNOWN_TYPE', change: ['due: AWSDate', 'due: Date'] },
      { name: 'Type "DateTime" not found in document, in an input', code: 'SDL_UNKNOWN_TYPE', change: ['city: String!', 'city: DateTime!'] },
      { name: 'Type "Long" not found in document, in an argument', code: 'SDL_UNKNOWN_TYPE', change: ['items(first: Int)', 'items(first: Long)'] },
      { name: 'Type "Itm" not found in document, in a list', code: 'SDL_UNKNOWN_TYPE', change: ['[Item!]', '[Itm!]'] },
      { name: 'Type "Upload" not found in document: AppSync has no uploads', code: 'SDL_UNKNOWN_TYPE', change: ['sku: String!\n  count: Int = 1', 'sku: Upload!\n  count: Int = 1'] },
      { name: 'Type "AWSDatetime" not found in document: names are case sensitive', code: 'SDL_UNKNOWN_TYPE', change: ['AWSDateTime', 'AWSDatetime'] },
      { name: 'The member of a union is not present', code: 'SDL_UNKNOWN_TYPE', change: ['Card | Invoice', 'Card | Voucher'] },
      { name: 'The interface is not present', code: 'SDL_UNKNOWN_TYPE', change: ['Order implements Node', 'Order implements Entity'] },
      { name: 'The type that is extended is not present', code: 'SDL_UNKNOWN_TYPE', change: ['type Item {', 'extend type Item {'], line: 'items(first' },
      { name: 'Custom scalars are not supported', code: 'SDL_CUSTOM_SCALAR', change: ['union Payment', 'scalar Money\n\nunion Payment'] },
      { name: 'AWS is a reserved prefix, of a type', code: 'SDL_RESERVED_NAME', change: ['input Address', 'type AWSThing {\n  id: ID\n}\n\ninput Address'] },
      { name: 'AWS is a reserved prefix, of an enum', code: 'SDL_RESERVED_NAME', change: ['input Address', 'enum AWSRegion {\n  EU\n}\n\ninput Address'] },
      { name: 'AWS is a reserved prefix, of an input', code: 'SDL_RESERVED_NAME', change: ['input Address', 'input AWSKey {\n  id: ID\n}\n\ninput Address'] },
      { name: 'A type without fields is refused', code: 'SDL_EMPTY_TYPE', change: ['type Card {\n  holder: String\n}', 'type Card {}'], line: 'type Card' },
      { name: 'A type without braces is refused', code: 'SDL_EMPTY_TYPE', change: ['type Card {\n  holder: String\n}', 'type Card'], line: 'type Card' },
      { name: 'An input without fields is refused', code: 'SDL_EMPTY_TYPE', change: ['input Address {\n  city: String!\n}', 'input Address {}'], line: 'input Address' },
      { name: 'An enum without values is refused', code: 'SDL_EMPTY_TYPE', change: ['enum Status {\n  PLACED\n  SHIPPED\n}', 'enum Status {}'], line: 'enum Status' },
      { name: 'A union without members is refused', code: 'SDL_EMPTY_TYPE', change: ['union Payment = Card | Invoice', 'union Payment'], line: 'union Payment' },
      { name: 'A root query type is required', code: 'SDL_NO_QUERY', change: ['type Query', 'type Queries'], on: 'Schema' },
      { name: 'A root query type is required, also beside a schema block', code: 'SDL_NO_QUERY', change: ['type Query', 'schema {\n  mutation: Mutation\n}\n\ntype Query'], line: 'schema {' },
      { name: 'The query type is an input', code: 'SDL_ROOT_TYPE', change: ['type Query', 'schema {\n  query: OrderFilter\n}\n\ntype Query'], line: 'query: OrderFilter' },
      { name: 'Two definitions of one type are refused', code: 'SDL_DUPLICATE_TYPE', change: ['input Address', 'type Item {\n  id: ID\n}\n\ninput Address'] },
      { name: 'Two definitions of one name of different kinds are refused', code: 'SDL_DUPLICATE_TYPE', change: ['input Address', 'enum Card {\n  VISA\n}\n\ninput Address'] },
      { name: 'A type named like a built-in scalar is refused', code: 'SDL_DUPLICATE_TYPE', change: ['input Address', 'type Float {\n  value: Int\n}\n\ninput Address'] },
      { name: 'A field is defined twice', code: 'SDL_DUPLICATE_NAME', change: ['placedAt: AWSDateTime', 'placedAt: AWSDateTime\n  total: Int'], line: 'total: Int' },
      { name: 'An argument is defined twice', code: 'SDL_DUPLICATE_NAME', change: ['items(first: Int)', 'items(first: Int, first: Int)'] },
      { name: 'An enum value is defined twice', code: 'SDL_DUPLICATE_NAME', change: ['  SHIPPED', '  SHIPPED\n  PLACED\n'], line: '  PLACED\n\n' },
      { name: 'An input field is defined twice', code: 'SDL_DUPLICATE_NAME', change: ['city: String!', 'city: String!\n  city: ID'], line: 'city: ID' },
      { name: 'A field adds to the type it extends what that has', code: 'SDL_DUPLICATE_NAME', change: ['input Address', 'extend type Item {\n  count: Int\n}\n\ninput Address'], line: 'count: Int\n}\n\ninput Address' },
      { name: 'The schema block stands twice', code: 'SDL_DUPLICATE_NAME', change: ['input Address', 'schema { query: Query }\nschema { mutation: Mutation }\n\ninput Address'], line: 'schema { mutation' },
      { name: 'An argument has an output type', code: 'SDL_TYPE_KIND', change: ['filter: OrderFilter', 'filter: Item'] },
      { name: 'An input field has an output type', code: 'SDL_TYPE_KIND', change: ['ship: Address', 'ship: Card'] },
      { name: 'A field returns an input type', code: 'SDL_TYPE_KIND', change: ['total: Float', 'total: Address'] },
      { name: 'An input has an interface type', code: 'SDL_TYPE_KIND', change: ['city: String!', 'city: Node!'] },
      { name: 'A union has a member that is no object', code: 'SDL_INVALID', change: ['Card | Invoice', 'Card | Status'] },
      { name: 'A type lacks a field of its interface', code: 'SDL_INVALID', change: ['interface Node {\n  id: ID!\n}', 'interface Node {\n  id: ID!\n  version: Int\n}'], line: 'type Order implements' },
      { name: 'A type has a field of its interface with another type', code: 'SDL_INVALID', change: ['Order implements Node {\n  id: ID!', 'Order implements Node {\n  id: Int!'] },
      { name: 'A type implements an object type', code: 'SDL_INVALID', change: ['Order implements Node', 'Order implements Item'] },
      { name: 'An input that must contain itself can never be given', code: 'SDL_INVALID', change: ['city: String!', 'city: String!\n  within: Address!'] },
      { name: 'A name with two leading underscores is reserved', code: 'SDL_INVALID', change: ['holder: String', '__holder: String'] },
      { name: 'A union has a member twice', code: 'SDL_INVALID', change: ['Card | Invoice', 'Card | Invoice | Card'] },
      { name: 'A default value has another type', code: 'SDL_DEFAULT_VALUE', change: ['limit: Int = 10', 'limit: Int = "10"'] },
      { name: 'A default value is no value of the enum', code: 'SDL_DEFAULT_VALUE', change: ['status: Status = PLACED', 'status: Status = OPEN'] },
      { name: 'A default value of an enum is a string', code: 'SDL_DEFAULT_VALUE', change: ['status: Status = PLACED', 'status: Status = "PLACED"'] },
      { name: 'A default value lacks a required field', code: 'SDL_DEFAULT_VALUE', change: ['ship: Address', 'ship: Address = {}'] },
      { name: 'A directive of AppSync is misspelt, and so ignored', code: 'SDL_UNKNOWN_DIRECTIVE', change: ['@aws_api_key', '@aws_apikey'] },
      { name: 'A directive of AppSync lacks its prefix, and so is ignored', code: 'SDL_UNKNOWN_DIRECTIVE', change: ['@aws_api_key', '@api_key'] },
      { name: 'A directive of Amplify is ignored', code: 'SDL_FOREIGN_DIRECTIVE', severity: 'warning', change: ['type Card {', 'type Card @model {'] },
      { name: 'An authorization directive on an input is ignored', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['input Address', 'input Address @aws_api_key'] },
      { name: 'An authorization directive on an argument is ignored', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['items(first: Int)', 'items(first: Int @aws_api_key)'] },
      { name: 'An authorization directive on an enum is ignored', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['enum Status', 'enum Status @aws_api_key'] },
      { name: 'An authorization directive on an enum value is ignored', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['  SHIPPED', '  SHIPPED @aws_api_key'] },
      { name: 'A directive is written twice', code: 'SDL_DUPLICATE_DIRECTIVE', severity: 'warning', change: ['@aws_api_key', '@aws_api_key @aws_api_key'] },
      { name: 'Groups are no argument of an API key', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['@aws_api_key', '@aws_api_key(cognito_groups: ["admin"])'] },
      { name: 'An argument of a directive is misspelt', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['@aws_subscribe(mutations: ["cancelOrder"])', '@aws_subscribe(mutation: ["cancelOrder"])'] },
      { name: 'An argument of a directive has another type', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['@aws_subscribe(mutations: ["cancelOrder"])', '@aws_subscribe(mutations: [cancelOrder])'] },
      { name: 'A directive of merged APIs lacks its argument', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['holder: String', 'holder: String @renamed'] },
      { name: 'Object extensions are not supported', code: 'API_SCHEMA_EXTENSION', change: ['input Address', 'extend type Item {\n  name: String\n}\n\ninput Address'], line: 'extend type Item' },
      { name: 'A scalar of AppSync is declared again', code: 'API_SCHEMA_REDECLARATION', severity: 'warning', change: ['type Query', 'scalar AWSDateTime\n\ntype Query'] },
      { name: 'A directive of AppSync is declared again', code: 'API_SCHEMA_REDECLARATION', severity: 'warning', change: ['type Query', 'directive @aws_api_key on FIELD_DEFINITION | OBJECT\n\ntype Query'] },
      { name: 'Schema document is larger than 1 MB', code: 'API_SCHEMA_SIZE', patch: uploaded('large.graphql'), on: 'large.graphql:1', fixed: { patch: uploaded('largest.graphql') } },
    ],
  },
  {
    area: 'subscriptions',
    base,
    text: 'Schema.Properties.Definition',
    mutants: [
      { name: 'The subscription names an unknown mutation', code: 'SDL_SUBSCRIPTION_MUTATION', change: ['(mutations: ["cancelOrder"])', '(mutations: ["cancelOrdr"])'] },
      { name: 'The subscription names a query', code: 'SDL_SUBSCRIPTION_MUTATION', change: ['(mutations: ["cancelOrder"])', '(mutations: ["getOrder"])'] },
      { name: 'One of the mutations of a subscription is unknown', code: 'SDL_SUBSCRIPTION_MUTATION', change: ['"createOrder", "cancelOrder"', '"createOrder", "Mutation.cancelOrder"'] },
      { name: 'The subscription has an invalid output type', code: 'SDL_SUBSCRIPTION_TYPE', change: ['onCancel: Order', 'onCancel: Item'] },
      { name: 'The subscription has an invalid output type: a list of what is delivered', code: 'SDL_SUBSCRIPTION_TYPE', change: ['onCancel: Order', 'onCancel: [Order]'] },
      { name: 'The subscription has an invalid output type: mutations with two types', code: 'SDL_SUBSCRIPTION_TYPE', change: ['cancelOrder(id: ID!): Order', 'cancelOrder(id: ID!): Item'], line: 'onOrder' },
      { name: 'A subscription without @aws_subscribe is never fired', code: 'SDL_SUBSCRIPTION_LINK', severity: 'warning', change: ['onCancel: Order @aws_subscribe(mutations: ["cancelOrder"])', 'onCancel: Order'] },
      { name: 'A subscription with no mutation is never fired', code: 'SDL_SUBSCRIPTION_LINK', severity: 'warning', change: ['(mutations: ["cancelOrder"])', '(mutations: [])'] },
      { name: '@aws_subscribe on a mutation does nothing', code: 'SDL_SUBSCRIBE_PLACE', severity: 'warning', change: ['cancelOrder(id: ID!): Order', 'cancelOrder(id: ID!): Order @aws_subscribe(mutations: ["createOrder"])'] },
      { name: '@aws_subscribe below the root does nothing', code: 'SDL_SUBSCRIBE_PLACE', severity: 'warning', change: ['holder: String', 'holder: String @aws_subscribe(mutations: ["createOrder"])'] },
      { name: 'An argument that names no field of the payload never matches', code: 'API_SUBSCRIPTION_ARGUMENT', severity: 'warning', change: ['onOrder(id: ID)', 'onOrder(orderId: ID)'] },
      { name: 'A required argument that names no field of the payload silences the subscription', code: 'API_SUBSCRIPTION_SILENT', change: ['onOrder(id: ID)', 'onOrder(orderId: ID!)'] },
      { name: 'An argument is compared with an object, and never matches', code: 'API_SUBSCRIPTION_ARGUMENT', severity: 'warning', change: ['onOrder(id: ID)', 'onOrder(payment: ID)'] },
      { name: 'An argument list never equals a value', code: 'API_SUBSCRIPTION_ARGUMENT', severity: 'warning', change: ['onOrder(id: ID)', 'onOrder(id: [ID!])'] },
    ],
  },
];
