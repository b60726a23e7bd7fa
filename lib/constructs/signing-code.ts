/**
 * Code in Lambda functions of ours that call AWS: signs a request without packages, since the functions are short texts in the template.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/**
 * JavaScript to begin a function with. It defines `signed(method, url, contentType, body)`, which gives the headers to send; the URL has no
 * query, and a path without characters that need encoding.
 * @param service as signatures name it, such as `appsync`
 */
export const signingCode = (service: 'appsync' | 'es'): string => `const { createHash, createHmac } = require('node:crypto');

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

function signed(method, { host, pathname }, type, body) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_REGION: region } = process.env;
  const time = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
  const scope = [time.slice(0, 8), region, '${service}', 'aws4_request'];
  const headers = { 'content-type': type, host, 'x-amz-date': time, ...(token ? { 'x-amz-security-token': token } : {}) };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => name + ':' + headers[name] + '\\n').join('');
  const canonical = [method, pathname, '', lines, names.join(';'), sha256(body)].join('\\n');
  const key = scope.reduce(hmac, 'AWS4' + secret);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\\n')).toString('hex');
  const { host: _, ...sent } = headers;
  return { ...sent, authorization: 'AWS4-HMAC-SHA256 Credential=' + id + '/' + scope.join('/') + ', SignedHeaders=' + names.join(';') + ', Signature=' + signature };
}
`;
