/**
 * `util.xml`: XML to plain data, the way Java's org.json does it: the root element is the one key, repeated siblings make a list, text that
 * looks like a number or a boolean becomes one. Source: https://docs.aws.amazon.com/appsync/latest/devguide/xml-helpers-in-utils-xml.html
 * Assumed: attributes become members, text beside them the member `content`, an empty element is `''`, and text that is no XML gives null.
 */
import { asText, type BuiltinGroup } from './builtin';

export const xmlUtil: BuiltinGroup = {
  toMap: (xml) => parseXml(asText(xml)),
  toJsonString: (xml, isStringEncoded) => {
    const json = JSON.stringify(parseXml(asText(xml)));
    return isStringEncoded === true ? JSON.stringify(json) : json;
  },
};

type XmlValue = string | number | boolean | XmlElement | XmlValue[];
interface XmlElement {
  [name: string]: XmlValue;
}

interface OpenElement {
  readonly name: string;
  readonly members: XmlElement;
  text: string;
}

/** Deeper documents are refused rather than followed. */
const maxDepth = 200;

const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

function parseXml(xml: string): XmlElement | null {
  const document: OpenElement = { name: '', members: {}, text: '' };
  const open: OpenElement[] = [document];
  token.lastIndex = 0;
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(xml);
    const parent = open.at(-1);
    if (match === null || parent === undefined || open.length > maxDepth) return null;
    const [, cdata, closed, opened, attributes, isEmpty, text] = match;
    if (cdata !== undefined) parent.text += cdata;
    else if (text !== undefined) parent.text += decodeEntities(text);
    else if (opened !== undefined) {
      const element: OpenElement = { name: opened, members: readAttributes(attributes ?? ''), text: '' };
      if (isEmpty) add(parent.members, opened, valueOf(element));
      else open.push(element);
    } else if (closed !== undefined) {
      open.pop();
      const grandparent = open.at(-1);
      if (parent.name !== closed || grandparent === undefined) return null;
      add(grandparent.members, closed, valueOf(parent));
    }
  }
  return open.length === 1 && Object.keys(document.members).length === 1 && document.text.trim() === '' ? document.members : null;
}

function readAttributes(text: string): XmlElement {
  const members: XmlElement = {};
  for (const [, name = '', double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) add(members, name, scalar(decodeEntities(double ?? single ?? '')));
  return members;
}

function valueOf({ members, text }: OpenElement): XmlValue {
  const content = text.trim();
  if (Object.keys(members).length === 0) return content === '' ? '' : scalar(content);
  if (content !== '') add(members, 'content', scalar(content));
  return members;
}

function add(members: XmlElement, name: string, value: XmlValue): void {
  const previous = Object.hasOwn(members, name) ? members[name] : undefined;
  const next = previous === undefined ? value : Array.isArray(previous) ? [...previous, value] : [previous, value];
  Object.defineProperty(members, name, { value: next, enumerable: true, writable: true, configurable: true });
}

function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
