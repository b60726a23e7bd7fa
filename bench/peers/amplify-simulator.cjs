/** amplify-appsync-simulator serving an API described on the command line. Prints its URL as JSON when ready. */
const net = require('node:net');

// The simulator listens on every interface of the machine; a benchmark has no business there.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'number' ? listen.call(this, { port, host: '127.0.0.1' }, ...rest) : listen.call(this, port, ...rest);
};

const { AmplifyAppSyncSimulator } = require('@aws-amplify/amplify-appsync-simulator');

const { schema, apiKey, tableName, dynamoDbUrl, resolvers } = JSON.parse(process.argv[2]);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

async function main() {
  const simulator = new AmplifyAppSyncSimulator();
  simulator.init({
    schema: { content: schema },
    appSync: { name: 'Bench', apiKey, defaultAuthenticationType: { authenticationType: 'API_KEY' }, additionalAuthenticationProviders: [] },
    dataSources: [
      { name: 'None', type: 'NONE' },
      { name: 'Posts', type: 'AMAZON_DYNAMODB', config: { tableName, endpoint: dynamoDbUrl, region: 'us-east-1', ...credentials, credentials } },
    ],
    resolvers: resolvers.map((resolver) => ({ kind: 'UNIT', ...resolver })),
    functions: [],
    mappingTemplates: [],
  });
  await simulator.start();
  console.log(JSON.stringify({ url: `${simulator.localhostUrl.replace('localhost', '127.0.0.1')}/graphql` }));
}

process.on('message', () => process.send(process.cpuUsage()));
main();
