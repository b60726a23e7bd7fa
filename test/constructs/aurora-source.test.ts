/** Aurora clusters as data sources: what is deployed, what the rules for AWS say of it, and the same template with a local database. */
import { join } from 'node:path';
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AuroraSource, type AuroraSourceProps } from '../../lib';
import { startLocalApi, type TestApi, userPool } from '../../lib/local';
import { logicalIds, type Project, project, withoutChecks } from './project';

const schema = `type Post {
  id: Int!
  title: String
}
type Query {
  posts(like: String): [Post]
}
type Mutation {
  addPost(title: String!): Post
}
`;
const files = {
  'schema.graphql': schema,
  'resolvers/Query.posts.ts': `import { createPgStatement, select, toJsonObject } from '@aws-appsync/utils/rds';
export const request = (ctx) => createPgStatement(select({ table: 'posts', columns: ['id', 'title'], where: ctx.args.like ? { title: { contains: ctx.args.like } } : {}, orderBy: [{ column: 'id' }] }));
export const response = (ctx) => toJsonObject(ctx.result)[0];
`,
  'resolvers/Mutation.addPost.ts': `import { util } from '@aws-appsync/utils';
import { createPgStatement, sql, toJsonObject } from '@aws-appsync/utils/rds';
export const request = (ctx) => createPgStatement(sql\`INSERT INTO posts (title) VALUES (\${ctx.args.title}) RETURNING id, title\`);
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return toJsonObject(ctx.result)[0][0];
}
`,
  'sql/2-data.sql': "INSERT INTO posts (title) VALUES ('Hello')",
  'sql/1-tables.sql': 'CREATE TABLE posts (id serial PRIMARY KEY, title text NOT NULL UNIQUE)',
  'sql/readme.txt': 'not SQL',
};

function stackWith(props?: (made: Project) => AuroraSourceProps) {
  const made = project(files);
  const source = new AuroraSource(made.api(), 'Blog', props?.(made));
  source.resolve('Query.posts');
  source.resolve('Mutation.addPost');
  return { ...made, source };
}

const existing = ({ stack }: Project): AuroraSourceProps => ({
  cluster: rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Central', {
    clusterIdentifier: 'central',
  }),
  secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'central/login'),
});

test('makes a serverless cluster with Data API, encrypted, backed up and protected, whose password RDS keeps', () => {
  const template = stackWith().template();

  template.hasResource('AWS::RDS::DBCluster', {
    Properties: {
      Engine: 'aurora-postgresql',
      DatabaseName: 'app',
      EnableHttpEndpoint: true,
      ManageMasterUserPassword: true,
      StorageEncrypted: true,
      DeletionProtection: true,
      BackupRetentionPeriod: 14,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
    },
    DeletionPolicy: 'Retain',
  });
  template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
});

test('the ids of what is costly to replace stay', () => {
  const ids = Object.entries(logicalIds(stackWith().template())).filter(([, type]) => /RDS|AppSync::DataSource|EC2::VPC$/.test(type));

  expect(Object.fromEntries(ids)).toEqual({
    ApiBlogClusterDB822D84: 'AWS::RDS::DBCluster',
    ApiBlogClusterSubnets7B9556A6: 'AWS::RDS::DBSubnetGroup',
    ApiBlogClusterWriterAF036E8C: 'AWS::RDS::DBInstance',
    ApiBlogDataSource04061E98: 'AWS::AppSync::DataSource',
    ApiBlogVpc3FC79177: 'AWS::EC2::VPC',
  });
});

test('its role runs statements on the cluster with its secret, and nothing else', () => {
  const template = stackWith().template();
  const [cluster = ''] = Object.keys(template.findResources('AWS::RDS::DBCluster'));

  template.hasResourceProperties('AWS::AppSync::DataSource', {
    Name: 'Blog',
    Type: 'RELATIONAL_DATABASE',
    RelationalDatabaseConfig: {
      RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT',
      RdsHttpEndpointConfig: {
        AwsRegion: { Ref: 'AWS::Region' },
        AwsSecretStoreArn: {
          'Fn::GetAtt': [cluster, 'MasterUserSecret.SecretArn'],
        },
        DatabaseName: 'app',
        DbClusterIdentifier: Match.anyValue(),
      },
    },
  });
  const [policy] = Object.values(
    template.findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('Blog') }] },
    }),
  ).filter(({ Properties }) => JSON.stringify(Properties).includes('rds-data'));
  expect(policy?.Properties.PolicyDocument.Statement).toMatchObject([
    { Action: 'rds-data:ExecuteStatement', Effect: 'Allow' },
    {
      Action: 'secretsmanager:GetSecretValue',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [cluster, 'MasterUserSecret.SecretArn'] },
    },
  ]);
  expect(JSON.stringify(policy?.Properties.PolicyDocument.Statement[0].Resource)).toContain(cluster);
  expect(policy?.Properties.PolicyDocument.Statement).toHaveLength(2);
});

test('takes a cluster that is there, whose secret may be known by name', () => {
  const template = stackWith(existing).template();

  template.resourceCountIs('AWS::RDS::DBCluster', 0);
  template.resourceCountIs('AWS::EC2::VPC', 0);
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(JSON.stringify(statements)).toContain(':secret:central/login-??????');
});

const ofTheStack = ({ stack }: Project, enableDataApi?: boolean): AuroraSourceProps => ({
  cluster: new rds.DatabaseCluster(stack, 'Own', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_7 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc: new ec2.Vpc(stack, 'Network'),
    ...(enableDataApi !== undefined && { enableDataApi }),
  }),
});

test('takes the credentials that a cluster of the stack brings along, and switches its Data API on', () => {
  const { source, template } = stackWith((made) => ofTheStack(made));

  expect(source.secret).toBe((source.cluster as rds.DatabaseCluster).secret);
  template().hasResourceProperties('AWS::RDS::DBCluster', { EnableHttpEndpoint: true });
});

test('what goes with the stack when it is to be destroyed is not protected', () => {
  stackWith(() => ({
    removalPolicy: RemovalPolicy.DESTROY,
    minCapacity: 0,
    maxCapacity: 1,
    databaseName: 'blog',
  }))
    .template()
    .hasResource('AWS::RDS::DBCluster', {
      Properties: {
        DeletionProtection: false,
        DatabaseName: 'blog',
        ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1 },
      },
      DeletionPolicy: 'Delete',
    });
});

test.each<[string, (made: Project) => AuroraSourceProps, string]>([
  [
    'a cluster without credentials',
    ({ stack }) => ({
      cluster: rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Central', { clusterIdentifier: 'central' }),
    }),
    'Stack/Api/Blog: "cluster" brings no credentials: give the secret that statements are to run with as "secret"',
  ],
  ['a cluster whose Data API is off', (made) => ofTheStack(made, false), 'Stack/Api/Blog: "cluster" has "enableDataApi: false", and AppSync asks it through the Data API: remove that'],
  ['credentials without a cluster', (made) => ({ secret: existing(made).secret! }), 'Stack/Api/Blog: "secret" goes with "cluster"; a cluster that is created has credentials of its own'],
  ['SQL files that are not there', () => ({ localSchema: 'nowhere.sql' }), 'Stack/Api/Blog: "localSchema" is "nowhere.sql", which is neither a .sql file nor a folder of such files'],
  ['a folder without SQL files', ({ folder }) => ({ localSchema: join(folder, 'resolvers') }), 'which is neither a .sql file nor a folder of such files'],
])('refuses %s', (_, props, message) => {
  expect(() => stackWith(props)).toThrow(message);
});

test('AwsSolutions and the checks of this library find nothing', () => {
  const made = stackWith(({ folder }) => ({
    localSchema: join(folder, 'sql'),
  }));
  Validations.of(made.app).addPlugins(new AwsSolutionsChecks(made.app));
  // Of the API, not of its database.
  Validations.of(made.source.api).acknowledge({ id: 'AwsSolutions::AwsSolutions-ASC3', reason: 'a test of the database' });

  expect(() => made.app.synth()).not.toThrow();
});

describe('the same template on this machine', () => {
  let api: TestApi;
  beforeAll(async () => {
    const made = stackWith(({ folder }) => ({
      localSchema: join(folder, 'sql'),
    }));
    api = await startLocalApi(withoutChecks(() => made.app.synth()));
    await api.sql('Blog').rows('SELECT 1');
  });
  afterEach(() => api.reset());
  afterAll(() => api.close());

  const posts = 'query ($like: String) { posts(like: $like) { id title } }';
  const addPost = 'mutation ($title: String!) { addPost(title: $title) { id title } }';

  test('begins with the files, in the order of their names', async () => {
    expect(await api.as(userPool({ username: 'alice' })).query(posts)).toEqual([{ id: 1, title: 'Hello' }]);
  });

  test('resolvers write and read', async () => {
    const alice = api.as(userPool({ username: 'alice' }));

    expect(await alice.mutate(addPost, { title: "Bobby'); DROP TABLE posts; --" })).toEqual({ id: 2, title: "Bobby'); DROP TABLE posts; --" });
    expect(await alice.query(posts, { like: 'DROP' })).toEqual([{ id: 2, title: "Bobby'); DROP TABLE posts; --" }]);
    await expect(alice.mutate(addPost, { title: 'Hello' })).rejects.toMatchObject({
      errors: [
        {
          errorType: '400 Bad Request',
          message: `RDSHttp:${JSON.stringify({
            message: 'ERROR: duplicate key value violates unique constraint "posts_title_key"; Detail: Key (title)=(Hello) already exists.; SQLState: 23505',
          })}`,
        },
      ],
    });
  });

  test('tests look into the tables', async () => {
    await api.sql('Blog').run("INSERT INTO posts (title) VALUES ('a'), ('b'); DELETE FROM posts WHERE title = 'Hello'");

    expect(await api.as(userPool({ username: 'alice' })).query(posts)).toEqual([
      { id: 2, title: 'a' },
      { id: 3, title: 'b' },
    ]);
    expect(await api.sql('Blog').rows('SELECT title FROM posts WHERE id > :min', { min: 2 })).toEqual([{ title: 'b' }]);
    expect(await api.sql('Blog').rows('DELETE FROM posts')).toEqual([]);
  });

  test('misuse says what is wrong', async () => {
    expect(() => api.sql('Blgo')).toThrow('there is no data source "Blgo" with a database');
    await expect(api.sql('Blog').rows('SELECT * FROM nowhere')).rejects.toThrow(
      'the database of data source "Blog" refuses this: ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01',
    );
  });
});
