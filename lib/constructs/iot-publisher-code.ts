/**
 * Code of the Lambda function that an IoT rule calls: takes the arguments out of the message, signs the mutation and sends it. Plain
 * JavaScript without packages, short enough for a template (4,096 characters).
 */
import { signingCode } from './signing-code';

export const iotPublisherCode = `${signingCode('appsync')}
const { ENDPOINT, DOCUMENT, VARIABLES } = process.env;

exports.handler = async (message) => {
  const at = (path) => path.split('.').slice(1).reduce((value, name) => value?.[name], message);
  const variables = Object.fromEntries(Object.entries(JSON.parse(VARIABLES)).map(([name, path]) => [name, at(path)]));
  const body = JSON.stringify({ query: DOCUMENT, variables });
  const response = await fetch(ENDPOINT, { method: 'POST', headers: signed('POST', new URL(ENDPOINT), 'application/json', body), body });
  const { errors } = await response.json();
  // Lambda tries again, and then hands the message to the dead letter queue.
  if (!response.ok || errors) throw new Error(JSON.stringify(errors ?? response.status));
};
`;
