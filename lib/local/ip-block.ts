/** Blocks of IP addresses in CIDR form, as rules of EventBridge and conditions of IAM name them. */
import { BlockList, isIP } from 'node:net';

/** @param block `10.0.0.0/8`, `2001:db8::/32`. @returns false for what is no block or no address, or of another version */
export function isInBlock(block: string, address: string): boolean {
  const [network = '', length = ''] = block.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(address) !== version || !/^\d+$/.test(length) || Number(length) > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const blocks = new BlockList();
  blocks.addSubnet(network, Number(length), family);
  return blocks.check(address, family);
}
