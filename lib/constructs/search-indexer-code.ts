/**
 * Code of the Lambda function that keeps a search index like a table: it turns the changes of the table into one signed `_bulk` request. Plain
 * JavaScript without packages, short enough for a template (4,096 characters).
 *
 * Changes that OpenSearch does not take are reported from the first of them on: Lambda tries again, then hands them to the dead letter queue.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
import { signingCode } from './signing-code';

export const searchIndexerCode = `${signingCode('es')}
const { ENDPOINT, INDEX, MAPPINGS } = process.env;
let isIndexThere = false;

exports.handler = async ({ Records }) => {
  if (!isIndexThere) await createIndex();
  const lines = Records.flatMap(({ dynamodb: { Keys, NewImage } }) => {
    const target = { _id: idOf(plain({ M: Keys })) };
    return NewImage ? [{ index: target }, plain({ M: NewImage })] : [{ delete: target }];
  });
  const { items } = await send('POST', '/' + INDEX + '/_bulk', 'application/x-ndjson', lines.map((line) => JSON.stringify(line) + '\\n').join(''));
  const isFailed = (item) => Object.values(item).some(({ error }) => error);
  const failed = items.findIndex(isFailed);
  if (failed < 0) return { batchItemFailures: [] };
  console.error(JSON.stringify(items.filter(isFailed)));
  return { batchItemFailures: [{ itemIdentifier: Records[failed].dynamodb.SequenceNumber }] };
};

async function createIndex() {
  await send('PUT', '/' + INDEX, 'application/json', JSON.stringify({ mappings: JSON.parse(MAPPINGS) }), 'resource_already_exists_exception');
  isIndexThere = true;
}

async function send(method, path, type, body, harmless) {
  const response = await fetch(ENDPOINT + path, { method, headers: signed(method, new URL(ENDPOINT + path), type, body), body });
  const text = await response.text();
  if (!response.ok && !(harmless && text.includes(harmless))) throw new Error(method + ' ' + path + ': ' + response.status + ' ' + text.slice(0, 1000));
  return JSON.parse(text);
}

function idOf(keys) {
  const values = Object.keys(keys).sort().map((name) => String(keys[name]));
  return values.length === 1 ? values[0] : values.map(encodeURIComponent).join('|');
}

function plain(value) {
  const [[type, content]] = Object.entries(value);
  switch (type) {
    case 'M': return Object.fromEntries(Object.entries(content).map(([name, member]) => [name, plain(member)]));
    case 'L': return content.map(plain);
    case 'N': return Number(content);
    case 'NS': return content.map(Number);
    case 'NULL': return null;
    default: return content;
  }
}
`;
