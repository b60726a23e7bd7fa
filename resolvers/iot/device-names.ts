/** What ids and names look like. Keys are made of ids, so they have no separator in them. */
import { util } from '@aws-appsync/utils';

const LONGEST_NAME = 80;

export function checkedId(argument: string, id: string): string {
  if (!util.matches('^[a-z0-9][a-z0-9-]{0,63}$', id)) {
    util.error(`"${argument}" must be 1 to 64 lower case letters, digits and dashes, not starting with a dash, got "${id}"`, 'BadRequest');
  }
  return id;
}

export function checkedName(argument: string, name: string): string {
  const trimmed = name.trim();
  if (trimmed.length < 1 || trimmed.length > LONGEST_NAME) {
    util.error(`"${argument}" must have 1 to ${LONGEST_NAME} characters, got ${trimmed.length}`, 'BadRequest');
  }
  return trimmed;
}
