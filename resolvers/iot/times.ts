/** Times in one form, UTC with milliseconds, so that they sort as texts; and how long what happened is kept. */
import { util } from '@aws-appsync/utils';

export const KEPT_DAYS = 30;

const DAY_MS = 86_400_000;
/** Clocks of devices are a little off. */
const AHEAD_MS = 300_000;

/** BadRequest for a time that is too far from now: expired already, or said by a clock that is wrong. */
export function checkedTime(argument: string, time: string): string {
  const now = util.time.nowEpochMilliSeconds();
  const milliseconds = util.time.parseISO8601ToEpochMilliSeconds(time);
  if (milliseconds > now + AHEAD_MS || milliseconds < now - KEPT_DAYS * DAY_MS) {
    util.error(`"${argument}" must be within the last ${KEPT_DAYS} days and not more than five minutes ahead, got "${time}"`, 'BadRequest');
  }
  return util.time.epochMilliSecondsToISO8601(milliseconds);
}

/** Epoch seconds. */
export function expiryOf(time: string): number {
  return util.time.epochMilliSecondsToSeconds(util.time.parseISO8601ToEpochMilliSeconds(time) + KEPT_DAYS * DAY_MS);
}

/** @param milliseconds negative for an earlier time */
export function shifted(time: string, milliseconds: number): string {
  return util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds(time) + milliseconds);
}

/** `2026-11-22` */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}
