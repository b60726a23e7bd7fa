/**
 * Code of the Lambda function that an IoT rule calls: takes the arguments out of the message, signs the mutation and sends it. Plain
 * JavaScript without packages, short enough for a template (4,096 characters).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const iotPublisherCode = `const { createHash, createHmac } = require('node:crypto');
const { ENDPOINT, DOCUMENT, VARIABLES } = process.env;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

exports.handler = async (message) => {
  const at = (path) => path.split('.').slice(1).reduce((value, name) => value?.[name], message);
  const variables = Object.fromEntries(Object.entries(JSON.parse(VARIABLES)).map(([name, path]) => [name, at(path)]));
  const body = JSON.stringify({ query: DOCUMENT, variables });
  const response = await fetch(ENDPOINT, { method: 'POST', headers: signed(new URL(ENDPOINT), body), body });
  const { errors } = await response.json();
  // Lambda tries again, and then hands the message to the dead letter queue.
  if (!response.ok || errors) throw new Error(JSON.stringify(errors ?? response.status));
};

function signed({ host, pathname }, body) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_REGION: region } = process.env;
  const time = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
  const scope = [time.slice(0, 8), region, 'appsync', 'aws4_request'];
  const headers = { 'content-type': 'application/json', host, 'x-amz-date': time, ...(token ? { 'x-amz-security-token': token } : {}) };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => name + ':' + headers[name] + '\\n').join('');
  const canonical = ['POST', pathname, '', lines, names.join(';'), sha256(body)].join('\\n');
  const key = scope.reduce(hmac, 'AWS4' + secret);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\\n')).toString('hex');
  const { host: _, ...sent } = headers;
  return { ...sent, authorization: 'AWS4-HMAC-SHA256 Credential=' + id + '/' + scope.join('/') + ', SignedHeaders=' + names.join(';') + ', Signature=' + signature };
}
`;
