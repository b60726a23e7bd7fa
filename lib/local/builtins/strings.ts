/** String built-ins: the encoders of `util`, `util.matches` and `util.str`. Source: https://docs.aws.amazon.com/appsync/latest/devguide/built-in-util-js.html */
import { asText, BuiltinFailure, type BuiltinGroup } from './builtin';
import { matchesJavaPattern } from './java-regex';

/** Members of `util`. */
export const stringBuiltins: BuiltinGroup = {
  escapeJavaScript: (value) => escapeJavaScript(asText(value)),
  urlEncode: (value) => urlEncode(asText(value)),
  urlDecode: (value) => urlDecode(asText(value)),
  base64Encode: (value) => Buffer.from(asText(value), 'utf8').toString('base64'),
  base64Decode: (value) => Buffer.from(asText(value), 'base64').toString('utf8'),
  matches: (pattern, value) => matchesJavaPattern(asText(pattern), asText(value)),
};

/** `util.str` */
export const strUtil: BuiltinGroup = {
  normalize: (value, form) => {
    const name = asText(form).toUpperCase();
    if (name !== 'NFC' && name !== 'NFD' && name !== 'NFKC' && name !== 'NFKD') throw new BuiltinFailure(`Unknown normalization type: ${asText(form)}`);
    return asText(value).normalize(name);
  },
};

const named: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '"': '\\"', "'": "\\'", '\\': '\\\\', '/': '\\/' };

/** Assumed: as `escapeEcmaScript` of Apache Commons Text, on which the same VTL helper is built. */
function escapeJavaScript(text: string): string {
  return text.replace(/["'\\/\u0000-\u001f\u007f-\uffff]/g, (char) => named[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

/** `application/x-www-form-urlencoded` as Java's URLEncoder: letters, digits and `.-*_` stay, a space becomes `+`. By way of a buffer, because a lone surrogate would throw. */
function urlEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')).replace(/[!'()~]|%20/g, (char) => (char === '%20' ? '+' : `%${char.charCodeAt(0).toString(16).toUpperCase()}`));
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new BuiltinFailure(`Unable to decode ${JSON.stringify(text)}.`);
  }
}
