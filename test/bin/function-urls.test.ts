import { functionUrlsIn, readFunctionUrls } from '../../bin/commands/function-urls';
import type { Assembly } from '../../lib/model';
import { apiModel, resource } from '../local/executor-fixture';
import { arnOf, inline } from '../local/lambda/functions-fixture';

const assembly: Assembly = {
  apis: [
    apiModel({
      authorization: [{ type: 'AWS_LAMBDA', functionArn: arnOf('authorize'), resultTtlSeconds: 0 }],
      dataSources: [
        { name: 'Books', type: 'AWS_LAMBDA', functionArn: `${arnOf('Orders')}:live`, resource },
        { name: 'none', type: 'NONE', resource },
      ],
    }),
  ],
  tables: [],
  userPools: [],
  lambdaFunctions: [inline('')],
  diagnostics: [],
};
const url = 'http://localhost:9000/2015-03-31/functions/function/invocations';

it.each(['Orders', 'OrdersA1B2C3', 'Books', arnOf('Orders')])('finds a function by its name, logical id, data source or ARN: %s', (name) => {
  expect(functionUrlsIn(readFunctionUrls({ lambda: [`${name}=${url}`] }), assembly)).toEqual({ [arnOf('Orders')]: url });
});

it('takes several, also of functions in no template, and addresses with "=" in them', () => {
  const urls = readFunctionUrls({ lambda: [`Orders=${url}`, 'authorize=https://example.com/?a=b'] });

  expect(functionUrlsIn(urls, assembly)).toEqual({ [arnOf('Orders')]: url, [arnOf('authorize')]: 'https://example.com/?a=b' });
  expect(functionUrlsIn(readFunctionUrls({}), assembly)).toEqual({});
});

it.each(['Orders', 'Orders=', 'Orders=localhost:9000', '=http://localhost:9000/', 'Orders=ftp://localhost/'])('refuses "%s"', (option) => {
  expect(() => readFunctionUrls({ lambda: [option] })).toThrow(`--lambda is NAME=URL, such as Orders=${url}, not "${option}"`);
});

it('refuses the name of no function', () => {
  expect(() => functionUrlsIn(readFunctionUrls({ lambda: [`Order=${url}`] }), assembly)).toThrow('--lambda names function "Order", which no API calls: did you mean "Orders"?');
  expect(() => functionUrlsIn(readFunctionUrls({ lambda: [`Zebra=${url}`] }), assembly)).toThrow('--lambda names function "Zebra", which no API calls: there is "OrdersA1B2C3", "Books", "Orders", "authorize"');
  expect(() => functionUrlsIn(readFunctionUrls({ lambda: [`Zebra=${url}`] }), { ...assembly, apis: [], lambdaFunctions: [] })).toThrow('--lambda names function "Zebra", which no API calls: no API calls one');
});
