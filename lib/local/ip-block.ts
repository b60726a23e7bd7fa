/** Blocks of IP addresses in CIDR form, as rules of EventBridge and conditions of IAM name them. */
import { isIP } from 'node:net';

/** @param block `10.0.0.0/8`, `2001:db8::/32`. @returns false for what is no block or no address, or of another version */
export function isInBlock(block: string, address: string): boolean {
  const [network = '', length = ''] = block.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(address) !== version || !/^\d+$/.test(length)) return false;
  const bits = (text: string) => addressBits(text, version);
  return bits(network).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

function addressBits(address: string, version: number): string {
  if (version === 4) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const last = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? [] : new Array<string>(8 - groups(head).length - last.length).fill('0');
  return [...groups(head), ...zeros, ...last].map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
